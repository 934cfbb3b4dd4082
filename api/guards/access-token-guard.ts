import type { FastifyReply, FastifyRequest } from 'fastify'
import { isLeft } from 'fp-ts/lib/Either.js'
import {
  type AccessTokenClaims,
  accessTokenVerifier,
  isElevated,
  type VerifierOptions,
} from '../../infrastructure/access-tokens/verify-access-token.ts'

const tokens = new WeakMap<FastifyRequest, AccessTokenClaims>()

/** What the token says, for the handlers behind the guard. Throws where there is none. */
export function accessTokenOf(request: FastifyRequest): AccessTokenClaims {
  const claims = tokens.get(request)
  if (claims === undefined) throw new Error('this route has no access token guard')
  return claims
}

export type AccessTokenGuardOptions = VerifierOptions & {
  /** Whether the token must be of an elevated session. */
  readonly elevated?: boolean
}

const refusals = {
  SESSION_REQUIRED: { status: 401, title: 'A live session is required' },
  ELEVATION_REQUIRED: { status: 403, title: 'An elevated session is required' },
  STORE_UNAVAILABLE: { status: 503, title: 'The keys of access tokens cannot be reached' },
} as const

const refuse = (reply: FastifyReply, code: keyof typeof refusals, headers: Readonly<Record<string, string>> = {}) => {
  const { status, title } = refusals[code]
  const type = `urn:gatebook:problem:${code.toLowerCase().replaceAll('_', '-')}`
  return reply
    .code(status)
    .headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers })
    .send(JSON.stringify({ type, title, status, code }))
}

const bearer = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i
const longest = 16_384

/**
 * A Fastify `onRequest` hook for other services: lets in who shows an access token of `issuer` for `audience`.
 *
 * Its limits: it asks nobody. A session that is revoked, an account that is disabled or a role that is withdrawn is noticed when the token ends, up to
 * five minutes later (up to fifteen for an elevated one). Where that is too long, ask Gatebook with the opaque token, which ends at once.
 */
export function createAccessTokenGuard({ elevated = false, ...options }: AccessTokenGuardOptions) {
  const verify = accessTokenVerifier(options)
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { authorization } = request.headers
    if (authorization === undefined) return refuse(reply, 'SESSION_REQUIRED', { 'www-authenticate': 'Bearer' })
    const token = authorization.length > longest ? undefined : bearer.exec(authorization)?.[1]
    const verified = token === undefined ? undefined : await verify(token)
    if (verified !== undefined && isLeft(verified) && verified.left === 'keys_unavailable') {
      return refuse(reply, 'STORE_UNAVAILABLE', { 'retry-after': '1' })
    }
    if (verified === undefined || isLeft(verified))
      return refuse(reply, 'SESSION_REQUIRED', { 'www-authenticate': 'Bearer error="invalid_token"' })
    if (elevated && !isElevated(verified.right, options.now?.())) return refuse(reply, 'ELEVATION_REQUIRED')
    tokens.set(request, verified.right)
  }
}
