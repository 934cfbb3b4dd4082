import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'

/** The guard let the administrator in, but that was before a wait. */
export function refuseIfDemoted({ journal }: Needs<'journal'>, administrator: AccountId) {
  return pipe(
    journal.load(streams.administrators),
    TE.filterOrElseW(
      ({ state }) => state.type === 'set_up' && state.members.has(administrator),
      () => ({ type: 'not_an_administrator' as const }),
    ),
  )
}
