import type { FastifyRequest } from 'fastify'
import type { Now } from '../../application/ports/clock.ts'
import type { Tokens } from '../../application/ports/tokens.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { ActiveSessionRow } from '../../projections/sessions/active-session.ts'
import type { SessionLookup } from '../../projections/sessions/session-lookup.ts'
import { presentedToken } from '../http/cookies/session-token.ts'
import type { Guard } from '../http/route.ts'
import type { ProblemAnswer } from '../problems.ts'
import { attachAuthentication, detachAuthentication } from './guarded-session.ts'

const sessionRequired: ProblemAnswer = { problem: 'SESSION_REQUIRED' }
const stale: ProblemAnswer = { problem: 'STALE_READ_MODEL' }
const malformed: ProblemAnswer = { problem: 'MALFORMED_REQUEST' }

export type SessionGuardNeeds = {
  readonly find: SessionLookup['find']
  readonly hashToken: Tokens['hash']
  readonly now: Now
  /** Called for each request that is let in, to extend the session. Must not block. */
  readonly seen: (session: ActiveSessionRow, at: Instant) => void
  /** Undefined where the read models are always up to date. */
  readonly isFresh: (() => boolean) | undefined
}

export type PresentsHeaders = Pick<FastifyRequest, 'headers'>

type SessionGuard = ((request: PresentsHeaders) => ProblemAnswer | undefined) & Required<Pick<Guard, 'problems'>>

/** Lets anybody in, and attaches the session if there is one, which may have ended when it is asked again. A node that cannot know refuses whoever presents a token. */
export function attachSession(needs: SessionGuardNeeds): SessionGuard {
  const session = requireSession(needs)
  const guard = (request: PresentsHeaders) => {
    const refused = session(request)
    if (refused !== undefined) detachAuthentication(request)
    return refused === stale ? refused : undefined
  }
  return Object.assign(guard, { problems: ['STALE_READ_MODEL'] as const })
}

export function requireSession({ find, hashToken, now, seen, isFresh }: SessionGuardNeeds): SessionGuard {
  const guard = (request: PresentsHeaders) => {
    const presented = presentedToken(request.headers)
    if (presented.type === 'ambiguous') return malformed
    if (presented.type === 'none') return sessionRequired
    if (isFresh !== undefined && !isFresh()) return stale
    const tokenHash = hashToken(presented.token)
    const session = find(tokenHash)
    if (session === undefined) return sessionRequired
    const at = now()
    if (at >= session.idleExpiresAt || at >= session.expiresAt) return sessionRequired
    attachAuthentication(request, { session, tokenHash, transport: presented.by })
    seen(session, at)
    return undefined
  }
  return Object.assign(guard, { problems: ['SESSION_REQUIRED', 'MALFORMED_REQUEST', 'STALE_READ_MODEL'] as const })
}
