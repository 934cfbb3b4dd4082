import type { FastifyRequest } from 'fastify'
import type { Transport } from '../../application/sessions/grant-session.ts'
import type { TokenHash } from '../../domain/kernel/ids.ts'
import type { ActiveSessionRow } from '../../projections/sessions/active-session.ts'

/** On the request itself, because a WeakMap costs as much as the rest of the guard. */
const attached = Symbol('gatebook.authentication')

export type Authentication = {
  readonly session: ActiveSessionRow
  readonly tokenHash: TokenHash
  readonly transport: Transport
}

type Guarded = Pick<FastifyRequest, 'headers'> & { [attached]?: Authentication | undefined }

export function attachAuthentication(request: Guarded, authentication: Authentication) {
  request[attached] = authentication
}

export function detachAuthentication(request: Guarded) {
  request[attached] = undefined
}

export function isAuthenticated(request: Guarded): boolean {
  return request[attached] !== undefined
}

export function authenticationOf(request: Guarded): Authentication {
  const authentication = request[attached]
  if (authentication === undefined) throw new Error('this route has no session guard')
  return authentication
}

/** Throws on a route without a session guard. */
export function sessionOf(request: Pick<FastifyRequest, 'headers'>): ActiveSessionRow {
  return authenticationOf(request).session
}
