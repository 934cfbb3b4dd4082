import type { FastifyReply, FastifyRequest } from 'fastify'

/** Titles are constant: nothing that the caller sent is echoed. */
export const problems = {
  MALFORMED_REQUEST: { status: 400, title: 'Malformed request' },
  VALIDATION_FAILED: { status: 400, title: 'Validation failed' },
  INVALID_CREDENTIALS: { status: 401, title: 'Invalid credentials' },
  SECOND_FACTOR_FAILED: { status: 401, title: 'Second factor verification failed' },
  SESSION_REQUIRED: { status: 401, title: 'Authentication required' },
  ROLE_REQUIRED: { status: 403, title: 'Insufficient role' },
  CLAIM_REQUIRED: { status: 403, title: 'Required claim missing' },
  ELEVATION_REQUIRED: { status: 403, title: 'Step-up authentication required' },
  ENROLLMENT_REQUIRED: { status: 403, title: 'Second factor enrollment required' },
  ORIGIN_REJECTED: { status: 403, title: 'Origin not allowed' },
  ADDRESS_BLOCKED: { status: 403, title: 'Address blocked' },
  CAPTCHA_REQUIRED: { status: 403, title: 'CAPTCHA required' },
  RECOVERY_CODE_REQUIRED: { status: 403, title: 'Too many wrong codes: use a recovery code' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  REQUEST_TIMEOUT: { status: 408, title: 'Request timeout' },
  EMAIL_TAKEN: { status: 409, title: 'Email address already in use' },
  PASSWORD_ALREADY_CHOSEN: { status: 409, title: 'The account has a password already' },
  ALREADY_ENROLLED: { status: 409, title: 'Second factor already enrolled' },
  NOT_ENROLLED: { status: 409, title: 'No second factor enrolled' },
  SECOND_FACTOR_REQUIRED: { status: 409, title: 'A role requires the second factor: replace it instead' },
  IDENTITY_TAKEN: { status: 409, title: 'Key already in use' },
  LAST_CREDENTIAL: { status: 409, title: 'The last way to log in cannot be removed' },
  TOO_MANY_KEYS: { status: 409, title: 'Too many keys' },
  ROTATION_PENDING: { status: 409, title: 'Key rotation already pending' },
  STALE_VERSION: { status: 409, title: 'Version conflict' },
  LAST_ADMINISTRATOR: { status: 409, title: 'Last administrator cannot be removed' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'Payload too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Unsupported media type' },
  PASSWORD_REJECTED: { status: 422, title: 'Password rejected' },
  UPGRADE_REQUIRED: { status: 426, title: 'Upgrade to WebSocket required' },
  LOCKED_OUT: { status: 429, title: 'Too many failed attempts' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  HEADERS_TOO_LARGE: { status: 431, title: 'Request header fields too large' },
  INTERNAL: { status: 500, title: 'Internal server error' },
  OVERLOADED: { status: 503, title: 'Service overloaded' },
  BACKTEST_RUNNING: { status: 503, title: 'Another back-test is running' },
  STORE_UNAVAILABLE: { status: 503, title: 'Event store unavailable' },
  STARTING: { status: 503, title: 'Service starting' },
  STALE_READ_MODEL: { status: 503, title: 'Read models out of date' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>

export type ProblemCode = keyof typeof problems
export type ShapeError = { readonly path: string; readonly expected: string }

/** `retryAfter`: whole seconds. `onSent` is called once for each request that is refused with it. */
export type ProblemExtra = {
  readonly retryAfter?: number
  readonly errors?: readonly ShapeError[]
  readonly reason?: string
  /** A page where a person can go on. */
  readonly location?: string
  /** The location is where the caller is sent, in place of the problem document. */
  readonly isRedirect?: boolean
  readonly onSent?: (request: FastifyRequest) => void
}
export type ProblemAnswer = ProblemExtra & { readonly problem: ProblemCode }

/** A URN needs no domain and is the same wherever the service is mounted. */
const typeOf = (code: string) => `urn:gatebook:problem:${code.toLowerCase().replaceAll('_', '-')}`

const bare = (code: ProblemCode) => ({ type: typeOf(code), title: problems[code].title, status: problems[code].status, code })

const constantBodies = new Map(Object.keys(problems).map((code) => [code, JSON.stringify(bare(code as ProblemCode))]))

export const problemMediaType = 'application/problem+json'

const problemBody = (code: ProblemCode, { retryAfter, errors, reason }: ProblemExtra): string => {
  if (retryAfter === undefined && errors === undefined && reason === undefined) return constantBodies.get(code) as string
  return JSON.stringify({ ...bare(code), retryAfter, errors, reason })
}

/** A 503 is not the caller's fault: they may try again. */
const withRetry = (code: ProblemCode, extra: ProblemExtra): ProblemExtra =>
  problems[code].status === 503 && extra.retryAfter === undefined ? { ...extra, retryAfter: 1 } : extra

/** What a problem says beside its code. */
export function problemDetails(code: ProblemCode, given: ProblemExtra): Pick<ProblemExtra, 'retryAfter' | 'errors' | 'reason'> {
  const { retryAfter, errors, reason } = withRetry(code, given)
  return {
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(errors === undefined ? {} : { errors }),
    ...(reason === undefined ? {} : { reason }),
  }
}

export type RenderedProblem = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }

export function renderProblem(code: ProblemCode, given: ProblemExtra = {}): RenderedProblem {
  if (given.isRedirect === true && given.location !== undefined)
    return { status: 302, headers: { location: given.location, 'cache-control': 'no-store' }, body: '' }
  const extra = withRetry(code, given)
  const headers: Record<string, string> = { 'content-type': problemMediaType, 'cache-control': 'no-store' }
  if (extra.retryAfter !== undefined) headers['retry-after'] = String(extra.retryAfter)
  if (extra.location !== undefined) headers.location = extra.location
  if (code === 'SESSION_REQUIRED') headers['www-authenticate'] = 'Bearer'
  if (code === 'UPGRADE_REQUIRED') headers.upgrade = 'websocket'
  return { status: problems[code].status, headers, body: problemBody(code, extra) }
}

const sent = Symbol('gatebook.problem')

type Refused = FastifyReply & { [sent]?: ProblemCode }

/** For the log. */
export function problemSent(reply: Refused): ProblemCode | undefined {
  return reply[sent]
}

/** Before anything is sent: counts the refusal once, and names it for the log. */
export function noteProblem(reply: Refused, code: ProblemCode, extra?: ProblemExtra): void {
  if (reply[sent] === undefined) extra?.onSent?.(reply.request)
  reply[sent] = code
}

export function sendProblem(reply: Refused, code: ProblemCode, extra?: ProblemExtra): FastifyReply {
  noteProblem(reply, code, extra)
  const { status, headers, body } = renderProblem(code, extra)
  return reply.code(status).headers(headers).send(body)
}

export function isProblem(answer: object): answer is ProblemAnswer {
  return 'problem' in answer
}
