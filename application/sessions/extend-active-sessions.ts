import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { type SessionPolicy, worthExtending } from '../../domain/session/session-policy.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'

/** The decider ensures that this is rare. */
export const extendSession =
  ({ journal }: Needs<'journal'>) =>
  ({ sessionId, accountId }: { readonly sessionId: SessionId; readonly accountId: AccountId }, caller: Pick<Caller, 'correlationId'>) =>
    journal.decide(streams.session(sessionId), { type: 'extend', at: journal.now() }, metadataOf(caller, accountId))

type Used = { readonly sessionId: SessionId; readonly accountId: AccountId; readonly lastSeenAt: Instant }

/** One write at a time for each session. */
export function extendActiveSessions(needs: Needs<'journal'>, policy: SessionPolicy) {
  const inProgress = new Map<string, Promise<unknown>>()
  const extend = extendSession(needs)
  return {
    observe: ({ sessionId, accountId, lastSeenAt }: Used, at: Instant) => {
      if (!worthExtending(policy, lastSeenAt, at) || inProgress.has(sessionId)) return
      const extended = extend({ sessionId, accountId }, { correlationId: needs.journal.newId() })
      inProgress.set(
        sessionId,
        extended().finally(() => inProgress.delete(sessionId)),
      )
    },
    settled: () => Promise.all(inProgress.values()),
  }
}
