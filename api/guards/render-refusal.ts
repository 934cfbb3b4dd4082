import { validateHeaderName, validateHeaderValue } from 'node:http'
import { types } from 'node:util'
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

const unsendable = 'onRefusal: expected { status?, headers?, body? } that can be sent, an error or nothing'

type ReadAnswer = { readonly status: number | undefined; readonly headers: Record<string, string>; readonly body: string | undefined }

/** A refusal is a redirection or an error: a client would take anything else for a success. */
const isStatus = (u: unknown): u is number | undefined => u === undefined || (Number.isInteger(u) && Number(u) >= 300 && Number(u) <= 599)

const isText = (u: unknown): u is string | undefined => u === undefined || typeof u === 'string'

/** Of one connection, and none of the host's business: HTTP/2 throws at most of them. */
const ofConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'])

/** Node throws at others when they are written, and then nobody can catch it. */
const sendable = (given: unknown): Record<string, string> => {
  if (given !== undefined && (typeof given !== 'object' || given === null)) throw new TypeError(unsendable)
  const headers = { ...given } as Record<string, unknown>
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string' || ofConnection.has(name.toLowerCase())) throw new TypeError(unsendable)
    validateHeaderName(name)
    validateHeaderValue(name, value)
  }
  return headers as Record<string, string>
}

/** Reads each field once, and throws for what cannot be sent. */
const readAnswer = (given: unknown): ReadAnswer | Error | undefined => {
  if (given === undefined) return undefined
  if (given instanceof Error) {
    // Fastify sends them if no error handler does otherwise.
    if ('headers' in given) sendable(given.headers)
    return given
  }
  if (typeof given !== 'object' || given === null || 'then' in given) throw new TypeError(unsendable)
  const { status, headers, body } = given as Readonly<Record<string, unknown>>
  if (!isStatus(status) || !isText(body)) throw new TypeError(unsendable)
  return { status, headers: sendable(headers), body }
}

const fault = 'onRefusal failed or answered what cannot be sent: the problem document is sent'

/** The headers of the refusal come before those of the answer. Whatever the host does, the request is refused. */
export function renderRefusal<Refusal>({ onRefusal, refusalOf, logger }: Needs<Refusal>): Refuse {
  const answerOf = (refused: ProblemAnswer, request: HostRequest): ReadAnswer | Error | undefined => {
    try {
      const answer: unknown = onRefusal(refusalOf(refused), request)
      // Nobody waits for it, but one that fails without being heard would end the process.
      if (types.isPromise(answer)) answer.catch(() => {})
      return readAnswer(answer)
    } catch (error) {
      logger.error({ error }, fault)
      return undefined
    }
  }
  return (reply, refused, done) => {
    const answer = answerOf(refused, reply.request as HostRequest)
    // The host has replied by itself.
    if (reply.sent) return
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
      .headers(answer.headers)
      .send(answer.body)
  }
}
