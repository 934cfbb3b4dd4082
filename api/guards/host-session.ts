import type { FastifyRequest } from 'fastify'
import type { ActiveSessionRow } from '../../projections/sessions/active-session.ts'
import { sessionOf } from './guarded-session.ts'

/** Throws on a route without a session guard. A copy: what a host app does to it reaches no other request. */
export function hostSession(request: FastifyRequest): ActiveSessionRow {
  const session = sessionOf(request)
  return Object.freeze({ ...session, roles: new Set(session.roles), claims: new Map(session.claims) })
}
