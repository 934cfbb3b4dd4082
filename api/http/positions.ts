import type { FastifyRequest } from 'fastify'
import { isAuthenticated, sessionOf } from '../guards/guarded-session.ts'
import { isProblem, type ProblemAnswer } from '../problems.ts'
import { presentedToken } from './cookies/session-token.ts'
import { correlationId } from './correlation.ts'

export type Positions = {
  /** `appended` is 0 until the request with this correlation id appends something. Call `end` when done. */
  readonly follow: (correlationId: string) => { readonly appended: () => number; readonly end: () => void }
  readonly reach: (position: number, waiter: Waiter) => boolean | Promise<boolean>
  readonly seal: (position: number) => string
  readonly open: (text: string) => number | undefined
  readonly networkOf: (request: FastifyRequest) => string
}

/** What a decision at a position needs of them. */
type Waited<Request> = Pick<Positions, 'open' | 'reach'> & { readonly networkOf: (request: Request) => string }

type Waiter = { readonly account: string | undefined; readonly network: string }

export const positionHeader = 'gatebook-position'

const malformed: ProblemAnswer = { problem: 'MALFORMED_REQUEST' }
const stale: ProblemAnswer = { problem: 'STALE_READ_MODEL' }

type Presented = Pick<FastifyRequest, 'headers'>

const waiterOf = <Request extends Presented>({ networkOf }: Waited<Request>, request: Request): Waiter => ({
  account: isAuthenticated(request) ? sessionOf(request).accountId : undefined,
  network: networkOf(request),
})

type Decision = ProblemAnswer | undefined

/** A token that another node has just issued is not known here until its position is reached. */
const mayBeNewer = (request: Presented, refused: Decision) =>
  (refused === undefined || refused.problem === 'SESSION_REQUIRED') && presentedToken(request.headers).type === 'token'

/** Looks at the position only after `decide` has found a session, and decides again once it is reached. */
export function decideAtPosition<Request extends Presented>(
  positions: Waited<Request>,
  request: Request,
  decide: () => Decision,
): Decision | Promise<Decision> {
  const refused = decide()
  const header = request.headers[positionHeader]
  if (header === undefined) return refused
  const hasSession = isAuthenticated(request)
  if (!hasSession && !mayBeNewer(request, refused)) return refused
  const position = positions.open(String(header))
  if (position === undefined) return hasSession ? malformed : refused
  const reached = positions.reach(position, waiterOf(positions, request))
  if (typeof reached === 'boolean') return reached ? refused : stale
  return reached.then((isReached) => (isReached ? decide() : stale))
}

type Response = { readonly status: number; readonly headers?: Readonly<Record<string, string>> }

/** A 202 must not reveal what was done, so neither its position nor its duration may. */
const isAccepted = (answer: Response | ProblemAnswer) => !isProblem(answer) && answer.status === 202

/** Waits, up to a limit, until the read models show what the request wrote. A refusal names no position, which would tell who has an account. */
export const readYourWrites =
  (positions: Positions) =>
  async <Answer extends Response | ProblemAnswer>(request: FastifyRequest, call: () => Answer | Promise<Answer>): Promise<Answer> => {
    const followed = positions.follow(correlationId(request))
    try {
      const answer = await call()
      const position = followed.appended()
      if (position === 0 || isAccepted(answer)) return answer
      const reached = positions.reach(position, waiterOf(positions, request))
      if (reached instanceof Promise) await reached
      return isProblem(answer) ? answer : { ...answer, headers: { ...answer.headers, [positionHeader]: positions.seal(position) } }
    } finally {
      followed.end()
    }
  }
