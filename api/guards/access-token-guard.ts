import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import type { AccessTokenClaims, AccessTokenRefusal } from '../../application/ports/access-tokens.ts'
import { type ProblemAnswer, renderProblem, sendProblem } from '../problems.ts'
import { checkAgain } from './check-again.ts'

const claimsOf = new WeakMap<FastifyRequest, AccessTokenClaims>()

/** Throws on a route without an access token guard. */
export function accessTokenOf(request: FastifyRequest): AccessTokenClaims {
  const claims = claimsOf.get(request)
  if (claims === undefined) throw new Error('this route has no access token guard')
  return claims
}

type Needs = {
  readonly verify: (token: string) => Promise<Either<AccessTokenRefusal, AccessTokenClaims>>
  readonly elevated: boolean
  /** Milliseconds since 1970. */
  readonly now: () => number
}

const bearer = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i
const maxLength = 16_384

const tokenIn = (authorization: string) => (authorization.length > maxLength ? undefined : bearer.exec(authorization)?.[1])

const refuseToken = (reply: FastifyReply) => {
  const { status, headers, body } = renderProblem('SESSION_REQUIRED')
  return reply
    .code(status)
    .headers({ ...headers, 'www-authenticate': 'Bearer error="invalid_token"' })
    .send(body)
}

export function accessTokenGuard({ verify, elevated, now }: Needs) {
  const expired = ({ exp, elevated_until: elevatedUntil = 0 }: AccessTokenClaims): ProblemAnswer | undefined => {
    if (now() >= exp * 1000) return { problem: 'SESSION_REQUIRED' }
    return elevated && now() >= elevatedUntil * 1000 ? { problem: 'ELEVATION_REQUIRED' } : undefined
  }
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { authorization } = request.headers
    if (authorization === undefined) return sendProblem(reply, 'SESSION_REQUIRED')
    const token = tokenIn(authorization)
    if (token === undefined) return refuseToken(reply)
    const verified = await verify(token)
    if (isLeft(verified)) return verified.left === 'keys_unavailable' ? sendProblem(reply, 'STORE_UNAVAILABLE') : refuseToken(reply)
    const refused = expired(verified.right)
    if (refused !== undefined) return sendProblem(reply, refused.problem)
    claimsOf.set(request, verified.right)
    checkAgain(request, reply, () => expired(verified.right))
  }
}
