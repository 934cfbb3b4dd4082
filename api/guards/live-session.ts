import type { FastifyRequest } from 'fastify'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { LiveSession } from '../../projections/session-queries.ts'

const sessions = new WeakMap<FastifyRequest, LiveSession>()

/** What a session guard found, for the handlers behind it. */
export const attachSession = (request: FastifyRequest, session: LiveSession) => sessions.set(request, session)

export type GuardedSession = LiveSession & { readonly sessionId: SessionId; readonly accountId: AccountId }

export const sessionOf = (request: FastifyRequest): GuardedSession => {
  const session = sessions.get(request)
  if (session === undefined) throw new Error('this route has no session guard')
  return session as GuardedSession
}
