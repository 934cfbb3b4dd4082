import type { FastifyRequest } from 'fastify'
import type { ActiveSessionRow } from '../../projections/sessions/active-session.ts'
import { isAuthenticated, sessionOf } from './guarded-session.ts'

/** Throws on a route without a session guard. A copy: what a host app does to it reaches no other request. */
export function hostSession(request: FastifyRequest): ActiveSessionRow {
  const session = sessionOf(request)
  return Object.freeze({ ...session, roles: new Set(session.roles), claims: new Map(session.claims) })
}

/** Behind `guard.optional`: `null` where nobody is logged in. Otherwise as `sessionOf`. */
export function optionalHostSession(request: FastifyRequest): ActiveSessionRow | null {
  return isAuthenticated(request) ? hostSession(request) : null
}
