import type { FastifyRequest } from 'fastify'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { ActiveSessionRow } from '../../projections/sessions/active-session.ts'

/** On the request itself: a WeakMap beside it costs as much as the rest of the guard. */
const attached = Symbol('gatebook.session')

type Guarded = FastifyRequest & { [attached]?: ActiveSessionRow }

/** What a session guard found, for the handlers behind it. */
export function attachSession(request: Guarded, session: ActiveSessionRow) {
  request[attached] = session
}

export type GuardedSession = ActiveSessionRow & { readonly sessionId: SessionId; readonly accountId: AccountId }

/** Who is logged in on a request that a session guard let in; throws on a route that has none. */
export function sessionOf(request: Guarded): GuardedSession {
  const session = request[attached]
  if (session === undefined) throw new Error('this route has no session guard')
  return session as GuardedSession
}
