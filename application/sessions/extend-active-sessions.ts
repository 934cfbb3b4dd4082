import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'
import { type SessionPolicy, worthExtending } from '../../domain/session/session-policy.ts'
import type { ActiveSessionRow } from '../../projections/sessions/active-session.ts'
import type { Dependencies } from '../dependencies.ts'
import { extendSession } from './extend-session.ts'

/** Extends the sessions that pass a guard, where that is worth a write, once at a time and behind the request's back. */
export function extendActiveSessions(dependencies: Dependencies, policy: SessionPolicy) {
  const underWay = new Map<string, Promise<unknown>>()
  const extend = extendSession(dependencies)
  return {
    seen: ({ sessionId, accountId, lastSeenAt }: ActiveSessionRow, at: Instant) => {
      if (!worthExtending(policy, instant(lastSeenAt), at) || underWay.has(sessionId)) return
      const extended = extend(sessionId as SessionId, accountId as AccountId, { correlationId: dependencies.newId() })
      underWay.set(
        sessionId,
        extended().finally(() => underWay.delete(sessionId)),
      )
    },
    settled: () => Promise.all(underWay.values()),
  }
}
