import type { FastifyRequest } from 'fastify'
import { sessionCookie } from '../http/session-token.ts'
import type { ProblemAnswer } from '../problems.ts'

const rejected: ProblemAnswer = { problem: 'ORIGIN_REJECTED' }

const isSafe = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

const isVouchedFor = ({ headers }: FastifyRequest) => headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin'

/**
 * The rule against forged requests: an `Origin` that is sent must be allowed, whatever the call; an unsafe method with our cookie needs one,
 * or `Sec-Fetch-Site: same-origin`. `Origin: null` is never allowed. A caller without a cookie has nothing that could be forged.
 */
export const originCheck =
  (allowed: ReadonlySet<string>) =>
  (request: FastifyRequest): ProblemAnswer | undefined => {
    const { origin, cookie } = request.headers
    if (origin !== undefined) return allowed.has(origin) ? undefined : rejected
    if (cookie === undefined || isSafe(request.method) || isVouchedFor(request)) return undefined
    return sessionCookie(cookie) === undefined ? undefined : rejected
  }

/** Whether a call sets a cookie stands in its body, so this is asked once the body is known: a forged log-in would plant the forger's session. */
export function transportNeedsOrigin(request: FastifyRequest, body: unknown): boolean {
  return (body as { readonly transport?: string }).transport !== 'bearer' && !isVouchedFor(request)
}
