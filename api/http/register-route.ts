import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import type { HttpDurations } from '../../infrastructure/observability/http-durations.ts'
import { decode } from '../codecs/decode.ts'
import { isJson } from '../codecs/media-type.ts'
import { noQuery } from '../codecs/query-string.ts'
import { isProblem, type ProblemAnswer, type ShapeError, sendProblem } from '../problems.ts'
import { transportNeedsOrigin } from '../protection/origin.ts'
import type { Observed } from './observe-responses.ts'
import { awaitPosition, type Positions, readYourWrites } from './positions.ts'
import { isMedia, nothing, type Route } from './route.ts'

export type Check = (request: FastifyRequest) => ProblemAnswer | undefined

type Handled = { readonly status: number; readonly body?: unknown; readonly cookie?: string; readonly headers?: Record<string, string> }

const json = 'application/json; charset=utf-8'

const send = (reply: FastifyReply, route: Route, answer: Handled | ProblemAnswer) => {
  if (isProblem(answer)) return sendProblem(reply, answer.problem, answer)
  const shape = route.answers[answer.status as keyof typeof route.answers]
  if (shape === undefined) throw new Error(`${route.method} ${route.url} answered ${answer.status}, which it does not declare`)
  reply.code(answer.status).header('cache-control', 'no-store')
  if (answer.cookie !== undefined) reply.header('set-cookie', answer.cookie)
  if (answer.headers !== undefined) reply.headers(answer.headers)
  if (shape === null) return reply.send()
  return isMedia(shape)
    ? reply.type(shape.mediaType).send(answer.body)
    : reply.header('content-type', json).send(JSON.stringify(shape.encode(answer.body)))
}

const refuseShape = (reply: FastifyReply, errors: readonly ShapeError[]) => sendProblem(reply, 'VALIDATION_FAILED', { errors })

type Part = 'params' | 'query' | 'body'

/** Without a placeholder there are no parameters, and Fastify reads no body for GET: there is nothing to decode then. */
const partsOf = (route: Route): readonly Part[] => {
  const parts: Part[] = ['query']
  if (route.url.includes(':')) parts.unshift('params')
  if (route.method !== 'GET') parts.push('body')
  return parts
}

type Input = Record<Part, unknown>

const decodeParts = (route: Route, parts: readonly Part[], request: FastifyRequest): Either<readonly ShapeError[], Input> => {
  const input: Input = { params: {}, query: {}, body: undefined }
  for (const part of parts) {
    if (route[part] === nothing && request[part] === noQuery) continue
    const decoded = decode(route[part] as t.Type<unknown>, request[part])
    if (isLeft(decoded)) return decoded
    input[part] = decoded.right
  }
  return right(input)
}

/** The handler sees what its codecs made of the request, and nothing else: no content type leads around them. */
const handle = (route: Route, positions: Positions | undefined) => {
  const parts = partsOf(route)
  const settled = positions === undefined || route.method === 'GET' ? undefined : readYourWrites(positions)
  return (request: FastifyRequest, reply: FastifyReply) => {
    const decoded = decodeParts(route, parts, request)
    if (isLeft(decoded)) return refuseShape(reply, decoded.left)
    const input = decoded.right
    if (route.cookie === 'by_transport' && transportNeedsOrigin(request, input.body)) return sendProblem(reply, 'ORIGIN_REJECTED')
    const call = () => route.handler(input as never, request) as Handled | ProblemAnswer | Promise<Handled | ProblemAnswer>
    const outcome = settled === undefined ? call() : settled(request, call)
    return outcome instanceof Promise ? outcome.then((answer) => send(reply, route, answer)) : send(reply, route, outcome)
  }
}

const firstRefusal = (checks: readonly Check[], request: FastifyRequest): ProblemAnswer | undefined => {
  for (const check of checks) {
    const refused = check(request)
    if (refused !== undefined) return refused
  }
  return undefined
}

/** Octets. */
export const maxBody = 16_384

const answer = (reply: FastifyReply, refused: ProblemAnswer | undefined, goOn: () => void) => {
  if (refused === undefined) goOn()
  else sendProblem(reply, refused.problem, refused)
}

type Around = { readonly checks: readonly Check[]; readonly durations: HttpDurations; readonly positions: Positions | undefined }

/**
 * `checks` stand in front of the route's own guards; all run before the body is read. Between the two a request may wait for the read models, so
 * that its guards see what it asks to be seen.
 */
export function registerRoute(app: FastifyInstance, route: Route, { checks, durations, positions }: Around): void {
  const media: readonly Check[] =
    route.method === 'GET' ? [] : [(request) => (isJson(request) ? undefined : { problem: 'UNSUPPORTED_MEDIA_TYPE' })]
  const behind = [...route.guards, ...media]
  const observed: Observed = { pattern: route.url, record: durations.seriesOf(route.method, route.url) }
  app.route({
    method: route.method,
    url: route.url,
    bodyLimit: maxBody,
    onRequest: (request, reply, done) => {
      request.observed = observed
      const asked = firstRefusal(checks, request) ?? (positions && awaitPosition(positions, request))
      if (asked instanceof Promise) void asked.then((refused) => answer(reply, refused ?? firstRefusal(behind, request), done))
      else answer(reply, asked ?? firstRefusal(behind, request), done)
    },
    handler: handle(route, positions),
  })
}
