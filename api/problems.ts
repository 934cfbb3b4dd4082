import type { FastifyReply } from 'fastify'

/** Every refusal that the API can answer with. Texts are constant: nothing that the caller sent is echoed. */
export const problems = {
  MALFORMED_REQUEST: { status: 400, title: 'The request cannot be read' },
  VALIDATION_FAILED: { status: 400, title: 'The request does not have the expected shape' },
  INVALID_CREDENTIALS: { status: 401, title: 'Wrong name or password' },
  SECOND_FACTOR_FAILED: { status: 401, title: 'The second factor was not accepted' },
  SESSION_REQUIRED: { status: 401, title: 'A live session is required' },
  ROLE_REQUIRED: { status: 403, title: 'A role is missing' },
  CLAIM_REQUIRED: { status: 403, title: 'A claim is missing' },
  ELEVATION_REQUIRED: { status: 403, title: 'An elevated session is required' },
  ENROLLMENT_REQUIRED: { status: 403, title: 'A second factor must be enrolled first' },
  ORIGIN_REJECTED: { status: 403, title: 'The origin of the request is not allowed' },
  ADDRESS_BLOCKED: { status: 403, title: 'Log-in from this address is blocked' },
  CAPTCHA_REQUIRED: { status: 403, title: 'A captcha must be solved first' },
  NOT_FOUND: { status: 404, title: 'There is nothing here' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request took too long to arrive' },
  EMAIL_TAKEN: { status: 409, title: 'The e-mail address is taken' },
  ALREADY_ENROLLED: { status: 409, title: 'A second factor is enrolled already' },
  NOT_ENROLLED: { status: 409, title: 'No second factor is enrolled' },
  ROTATION_PENDING: { status: 409, title: 'A key rotation is pending' },
  STALE_VERSION: { status: 409, title: 'The version is not the current one' },
  LAST_ADMINISTRATOR: { status: 409, title: 'The last administrator cannot be removed' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The body must be application/json in UTF-8' },
  PASSWORD_REJECTED: { status: 422, title: 'The password is not acceptable' },
  LOCKED_OUT: { status: 429, title: 'Too many failed attempts' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The header fields are too large' },
  INTERNAL: { status: 500, title: 'An internal error' },
  OVERLOADED: { status: 503, title: 'The service is busy' },
  STORE_UNAVAILABLE: { status: 503, title: 'The event store cannot be reached' },
  STALE_READ_MODEL: { status: 503, title: 'The read models lag behind' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>

export type ProblemCode = keyof typeof problems
export type ShapeError = { readonly path: string; readonly expected: string }

/** `retryAfter` is whole seconds, and becomes the `Retry-After` header too. */
export type ProblemExtra = { readonly retryAfter?: number; readonly errors?: readonly ShapeError[]; readonly reason?: string }
export type ProblemAnswer = ProblemExtra & { readonly problem: ProblemCode }

/** A URN: it identifies, needs no domain, and stays the same wherever the service is mounted. */
const typeOf = (code: string) => `urn:gatebook:problem:${code.toLowerCase().replaceAll('_', '-')}`

const bare = (code: ProblemCode) => ({ type: typeOf(code), title: problems[code].title, status: problems[code].status, code })

const constantBodies = new Map(Object.keys(problems).map((code) => [code, JSON.stringify(bare(code as ProblemCode))]))

export const problemMediaType = 'application/problem+json'

/** The body as it goes over the wire; equal problems are equal bytes. */
const problemBody = (code: ProblemCode, { retryAfter, errors, reason }: ProblemExtra): string => {
  if (retryAfter === undefined && errors === undefined && reason === undefined) return constantBodies.get(code) as string
  return JSON.stringify({ ...bare(code), retryAfter, errors, reason })
}

/** Whoever is turned away because the service cannot, and not because of what they sent, is told to come back. */
const withRetry = (code: ProblemCode, extra: ProblemExtra): ProblemExtra =>
  problems[code].status === 503 && extra.retryAfter === undefined ? { ...extra, retryAfter: 1 } : extra

export type RenderedProblem = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }

export function renderProblem(code: ProblemCode, given: ProblemExtra = {}): RenderedProblem {
  const extra = withRetry(code, given)
  const headers: Record<string, string> = { 'content-type': problemMediaType, 'cache-control': 'no-store' }
  if (extra.retryAfter !== undefined) headers['retry-after'] = String(extra.retryAfter)
  if (code === 'SESSION_REQUIRED') headers['www-authenticate'] = 'Bearer'
  return { status: problems[code].status, headers, body: problemBody(code, extra) }
}

export function sendProblem(reply: FastifyReply, code: ProblemCode, extra?: ProblemExtra): FastifyReply {
  const { status, headers, body } = renderProblem(code, extra)
  return reply.code(status).headers(headers).send(body)
}

export function isProblem(answer: object): answer is ProblemAnswer {
  return 'problem' in answer
}
