import { isLeft } from 'fp-ts/lib/Either.js'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'

/** Whether nobody has become the first administrator. False where the log cannot tell. */
export const awaitsSetup =
  ({ journal }: { readonly journal: Pick<Needs<'journal'>['journal'], 'load'> }) =>
  async () => {
    const administrators = await journal.load(streams.administrators)()
    return !isLeft(administrators) && administrators.right.state.type === 'not_set_up'
  }
