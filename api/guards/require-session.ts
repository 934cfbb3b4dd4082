import type { Now } from '../../application/ports/clock.ts'
import type { Tokens } from '../../application/ports/tokens.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { ActiveSessionRow } from '../../projections/sessions/active-session.ts'
import type { SessionLookup } from '../../projections/sessions/session-lookup.ts'
import type { Guard } from '../http/route.ts'
import { presentedToken } from '../http/session-token.ts'
import type { ProblemAnswer } from '../problems.ts'
import { attachSession } from './guarded-session.ts'

const sessionRequired: ProblemAnswer = { problem: 'SESSION_REQUIRED' }
const stale: ProblemAnswer = { problem: 'STALE_READ_MODEL' }
const malformed: ProblemAnswer = { problem: 'MALFORMED_REQUEST' }

export type SessionGuardNeeds = {
  readonly find: SessionLookup['find']
  readonly hashToken: Tokens['hash']
  readonly now: Now
  /** Told of every session that was let in, and when, to extend it when that is worth a write; must not wait for it. */
  readonly seen: (session: ActiveSessionRow, at: Instant) => void
  /** Whether the read models are known to hold what was recorded up to a moment ago. Undefined where they always do. */
  readonly isFresh: (() => boolean) | undefined
}

/** SHA-256 of the token, one look-up, compare with the clock: nobody passes on a session that is revoked, expired or unknown, or on read models that may not know yet. */
export function requireSession({ find, hashToken, now, seen, isFresh }: SessionGuardNeeds): Guard {
  const guard = (request: Parameters<Guard>[0]) => {
    const presented = presentedToken(request.headers)
    if (presented.type === 'ambiguous') return malformed
    if (presented.type === 'none') return sessionRequired
    if (isFresh !== undefined && !isFresh()) return stale
    const session = find(hashToken(presented.token))
    if (session === undefined) return sessionRequired
    const at = now()
    if (at >= session.idleExpiresAt || at >= session.expiresAt) return sessionRequired
    attachSession(request, session)
    seen(session, at)
    return undefined
  }
  return Object.assign(guard, { problems: ['SESSION_REQUIRED', 'MALFORMED_REQUEST', 'STALE_READ_MODEL'] as const })
}
