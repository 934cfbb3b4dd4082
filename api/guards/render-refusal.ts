import type { LineLogger } from '../../application/line-logger.ts'
import type { Refuse } from '../http/run-checks.ts'
import { noteProblem, type ProblemAnswer, renderProblem, sendProblem } from '../problems.ts'
import type { HostRequest } from './host-app.ts'

/** `undefined` leaves it at the problem document. An error goes to the error handler of the app. */
export type RefusalAnswer =
  | {
      readonly status?: number | undefined
      readonly headers?: Readonly<Record<string, string>> | undefined
      readonly body?: string | undefined
    }
  | Error
  | undefined

/** Answers at once: a promise counts as a fault, and the problem document is sent. */
export type OnRefusal<Refusal> = (refusal: Refusal, request: HostRequest) => RefusalAnswer

type Needs<Refusal> = {
  readonly onRefusal: OnRefusal<Refusal>
  readonly refusalOf: (refused: ProblemAnswer) => Refusal
  readonly logger: LineLogger
}

const isStatus = (u: unknown) => u === undefined || (Number.isInteger(u) && Number(u) >= 200 && Number(u) <= 599)

const isText = (u: unknown) => u === undefined || typeof u === 'string'

const isHeaders = (u: unknown) =>
  u === undefined || (typeof u === 'object' && u !== null && Object.values(u).every((value) => typeof value === 'string'))

const isAnswer = (u: unknown): u is RefusalAnswer => {
  if (u === undefined || u instanceof Error) return true
  if (typeof u !== 'object' || u === null || 'then' in u) return false
  const { status, headers, body } = u as Readonly<Record<string, unknown>>
  return isStatus(status) && isHeaders(headers) && isText(body)
}

const fault = 'onRefusal failed or answered what cannot be sent: the problem document is sent'

/** The headers of the refusal come before those of the answer. Whatever the host does, the request is refused. */
export function renderRefusal<Refusal>({ onRefusal, refusalOf, logger }: Needs<Refusal>): Refuse {
  const answerOf = (refused: ProblemAnswer, request: HostRequest): RefusalAnswer => {
    try {
      const answer: unknown = onRefusal(refusalOf(refused), request)
      if (isAnswer(answer)) return answer
      if (answer instanceof Promise) answer.catch(() => {})
      logger.error(fault)
    } catch (error) {
      logger.error({ error }, fault)
    }
    return undefined
  }
  return (reply, refused, done) => {
    const answer = answerOf(refused, reply.request as HostRequest)
    if (answer === undefined) return void sendProblem(reply, refused.problem, refused)
    noteProblem(reply, refused.problem, refused)
    const {
      status,
      headers: { 'content-type': _, ...headers },
    } = renderProblem(refused.problem, refused)
    reply.code(status).headers(headers)
    if (answer instanceof Error) return done(answer)
    reply
      .code(answer.status ?? status)
      .headers(answer.headers ?? {})
      .send(answer.body)
  }
}
