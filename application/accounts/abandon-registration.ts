import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { Metadata } from '../ports/event-store.ts'

/** Only a crash takes a minute between claiming an address and registering it. */
const grace = 60_000

export function isUnderWay(since: Instant, at: Instant) {
  return at - since < grace
}

/** Voids an id whose registration began at `since` and never finished. The account's stream decides which came first. */
export const abandonRegistration =
  ({ journal }: Needs<'journal'>) =>
  (accountId: AccountId, since: Instant, metadata: Metadata) => {
    const at = journal.now()
    if (isUnderWay(since, at)) return TE.left({ type: 'account_exists' as const })
    return pipe(
      journal.decide(streams.account(accountId), { type: 'abandon', at }, metadata),
      TE.map(() => undefined),
    )
  }
