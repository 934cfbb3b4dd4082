import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import { LoginAttempted, SignatureAttempted } from '../../domain/login/events.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { EventStore, PayloadErasure, StoreFailure } from '../ports/event-store.ts'
import { summaryFrom } from './summary-from.ts'

/** The events of login streams that say where an attempt came from. */
export const attemptTypes: readonly string[] = [LoginAttempted.type, SignatureAttempted.type]

type Stores = Pick<EventStore, 'read'> & Pick<PayloadErasure, 'erasePayloads'>

/** Revisions: `from` is the first that is due, and nothing that is due comes at or after `end`. `recordedBefore`: ISO 8601. */
type Part = { readonly from: number; readonly end: number; readonly recordedBefore: string }

/** Erases network and browser of attempts at a name. Locks and outcomes, which name no network, stay as they are. Idempotent. */
export async function eraseOrigins(needs: Needs<'journal'>, stores: Stores, identifier: BlindIndex, { end, ...part }: Part) {
  const summary = await summaryFrom(needs, stores, identifier, end)
  if (isLeft(summary)) return summary
  return stores.erasePayloads(streams.login(identifier).name, { ...part, summary: summary.right, types: attemptTypes })()
}

/** Later than any. */
const always = '9999-12-31T23:59:59.999Z'

const eraseAll = async (needs: Needs<'journal'>, stores: Stores, identifier: BlindIndex): Promise<Either<StoreFailure, void>> => {
  const attempts = await needs.journal.load(streams.login(identifier))()
  if (isLeft(attempts)) return attempts
  const { revision } = attempts.right
  return revision === -1 ? right(undefined) : eraseOrigins(needs, stores, identifier, { from: 0, end: revision, recordedBefore: always })
}

/** Of all attempts at names. Those from before somebody had the name are not sealed under that person's key. Nothing where the log cannot be rewritten. */
export function eraseOriginsAt(needs: Needs<'journal'>, identifiers: readonly BlindIndex[]): TaskEither<StoreFailure, void> {
  return async () => {
    const { payloads } = needs.journal
    if (payloads === undefined) return right(undefined)
    for (const identifier of identifiers) {
      const erased = await eraseAll(needs, payloads, identifier)
      if (isLeft(erased)) return erased
    }
    return right(undefined)
  }
}
