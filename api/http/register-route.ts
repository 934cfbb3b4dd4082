import type { WebSocket } from '@fastify/websocket'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { decode } from '../codecs/decode.ts'
import { acceptsBody, acceptsBytes, octetStream } from '../codecs/media-type.ts'
import { noQuery } from '../codecs/query-string.ts'
import { isProblem, type ProblemAnswer, type ShapeError, sendProblem } from '../problems.ts'
import type { RouteChecks } from '../protection/request-checks.ts'
import type { Observed, ObserveRoute } from './observe-responses.ts'
import { type Positions, readYourWrites } from './positions.ts'
import { type Check, isMedia, nothing, type Route, takesBytes } from './route.ts'
import { runChecks } from './run-checks.ts'

type Handled = {
  readonly status: number
  readonly body?: unknown
  readonly cookie?: string | string[]
  readonly headers?: Record<string, string>
}

const json = 'application/json; charset=utf-8'

const send = (reply: FastifyReply, route: Route, answer: Handled | ProblemAnswer) => {
  if (isProblem(answer)) return sendProblem(reply, answer.problem, answer)
  const shape = route.responses[answer.status as keyof typeof route.responses]
  if (shape === undefined) throw new Error(`${route.method} ${route.url} returned ${answer.status}, which it does not declare`)
  reply.code(answer.status).header('cache-control', 'no-store')
  if (answer.cookie !== undefined) reply.header('set-cookie', answer.cookie)
  if (answer.headers !== undefined) reply.headers(answer.headers)
  if (shape === null) return reply.send()
  return isMedia(shape)
    ? reply.type(answer.headers?.['content-type'] ?? shape.mediaType).send(answer.body)
    : reply.header('content-type', json).send(JSON.stringify(shape.encode(answer.body)))
}

const refuseShape = (reply: FastifyReply, errors: readonly ShapeError[]) => sendProblem(reply, 'VALIDATION_FAILED', { errors })

type Part = 'params' | 'query' | 'body'

/** Without a placeholder there are no parameters, and Fastify reads no body for GET. */
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

/** The handler gets what the codecs made of the request and nothing else, so no content type leads around them. */
const handle = (route: Route, afterBody: RouteChecks['afterBody'], positions: Positions | undefined) => {
  const parts = partsOf(route)
  const afterWrites = positions === undefined || route.method === 'GET' ? undefined : readYourWrites(positions)
  return (request: FastifyRequest, reply: FastifyReply) => {
    const decoded = decodeParts(route, parts, request)
    if (isLeft(decoded)) return refuseShape(reply, decoded.left)
    const input = decoded.right
    const refused = afterBody?.(request, input.body as Parameters<typeof afterBody>[1])
    if (refused !== undefined) return sendProblem(reply, refused.problem, refused)
    const call = () => route.handler(input as never, request) as Handled | ProblemAnswer | Promise<Handled | ProblemAnswer>
    const outcome = afterWrites === undefined ? call() : afterWrites(request, call)
    return outcome instanceof Promise ? outcome.then((answer) => send(reply, route, answer)) : send(reply, route, outcome)
  }
}

/** Bytes. */
export const maxBody = 16_384

/** The parser is known to this route only, so that no other one takes a body that a form can send. */
const placeOf = (app: FastifyInstance, { body }: Route, add: (place: FastifyInstance) => void) => {
  if (!takesBytes(body)) return add(app)
  app.register((place, _options, done) => {
    place.removeAllContentTypeParsers()
    place.addContentTypeParser(octetStream, { parseAs: 'buffer', bodyLimit: body.most }, (_request, octets, parsed) => parsed(null, octets))
    add(place)
    done()
  })
}

type Needs = { readonly checks: RouteChecks; readonly observeRoute: ObserveRoute; readonly positions: Positions | undefined }

/** `@fastify/websocket` calls it instead of the handler, and Fastify sends no response. */
const socketHandler = ({ upgraded }: Route, { record }: Observed) =>
  upgraded === undefined
    ? {}
    : {
        wsHandler: (socket: WebSocket, request: FastifyRequest) => {
          record(101, 0)
          upgraded(socket, request)
        },
      }

export function registerRoute(app: FastifyInstance, route: Route, { checks, observeRoute, positions }: Needs): void {
  const accepts = takesBytes(route.body) ? acceptsBytes : acceptsBody
  const media: readonly Check[] =
    route.method === 'GET' ? [] : [(request) => (accepts(request) ? undefined : { problem: 'UNSUPPORTED_MEDIA_TYPE' })]
  const observed: Observed = { pattern: route.url, record: observeRoute(route.method, route.url) }
  const check = runChecks(checks.beforeBody, [...route.guards, ...media], route.guards.length > 0 ? positions : undefined)
  const hasLateBody = route.method !== 'GET' && route.guards.length > 0
  placeOf(app, route, (place) => {
    place.route({
      method: route.method,
      url: route.url,
      bodyLimit: takesBytes(route.body) ? route.body.most : maxBody,
      onRequest: (request, reply, done) => {
        request.observed = observed
        check(request, reply, done)
      },
      // The body may have taken its time: what was withdrawn meanwhile no longer counts.
      ...(hasLateBody ? { preHandler: runChecks([], route.guards, undefined) } : {}),
      handler: handle(route, checks.afterBody, positions),
      ...socketHandler(route, observed),
    })
  })
}
