import type { FastifyRequest } from 'fastify'
import { sessionCookie } from '../http/cookies/session-token.ts'
import type { ProblemAnswer } from '../problems.ts'

const rejected: ProblemAnswer = { problem: 'ORIGIN_REJECTED' }

const isSafe = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

type Sent = Pick<FastifyRequest, 'headers' | 'method'> & { readonly socket?: object | undefined }

const hasOrigin = ({ headers }: Sent) => headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin'

/** Beside the origins that are named: what counts as the service's own for this request. */
export type IsOwnOrigin = (origin: string, request: Pick<FastifyRequest, 'headers'> & { readonly socket?: object | undefined }) => boolean

/** A login form on another site must not plant its own session: unsafe methods with a cookie need an allowed `Origin` or `Sec-Fetch-Site: same-origin`. */
export const originCheck =
  (allowed: ReadonlySet<string>, isOwn: IsOwnOrigin = () => false) =>
  (request: Sent): ProblemAnswer | undefined => {
    const { origin, cookie } = request.headers
    if (origin !== undefined) return allowed.has(origin) || isOwn(origin, request) ? undefined : rejected
    if (cookie === undefined || isSafe(request.method) || hasOrigin(request)) return undefined
    return sessionCookie(cookie) === undefined ? undefined : rejected
  }

/** Checked after the body is read, which chooses the transport: a forged login would plant the forger's session cookie. */
export function cookieOriginCheck(request: FastifyRequest, body: { readonly transport?: 'cookie' | 'bearer' }): ProblemAnswer | undefined {
  return body.transport === 'bearer' || hasOrigin(request) ? undefined : rejected
}
