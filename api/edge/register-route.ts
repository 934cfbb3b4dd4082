import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isLeft } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { isProblem, type ProblemAnswer, type ShapeError, sendProblem } from '../problems.ts'
import { decode } from './decode.ts'
import { isJson } from './media-type.ts'
import { transportNeedsOrigin } from './origin.ts'
import { isMedia, type Route } from './route.ts'

export type Check = (request: FastifyRequest) => ProblemAnswer | undefined

type Handled = { readonly status: number; readonly body?: unknown; readonly cookie?: string; readonly headers?: Record<string, string> }

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
    : reply.type('application/json; charset=utf-8').send(JSON.stringify(shape.encode(answer.body)))
}

const refuseShape = (reply: FastifyReply, errors: readonly ShapeError[]) => sendProblem(reply, 'VALIDATION_FAILED', { errors })

/** The handler sees what its codecs made of the request, and nothing else: no content type leads around them. */
const handle = (route: Route) => (request: FastifyRequest, reply: FastifyReply) => {
  const params = decode(route.params as t.Type<unknown>, request.params)
  if (isLeft(params)) return refuseShape(reply, params.left)
  const query = decode(route.query as t.Type<unknown>, request.query)
  if (isLeft(query)) return refuseShape(reply, query.left)
  const body = decode(route.body as t.Type<unknown>, request.body)
  if (isLeft(body)) return refuseShape(reply, body.left)
  if (route.cookie === 'by_transport' && transportNeedsOrigin(request, body.right)) return sendProblem(reply, 'ORIGIN_REJECTED')
  const input = { params: params.right, query: query.right, body: body.right } as never
  const outcome = route.handler(input, request)
  return outcome instanceof Promise
    ? outcome.then((answer) => send(reply, route, answer as Handled))
    : send(reply, route, outcome as Handled | ProblemAnswer)
}

export const registerRoute = (app: FastifyInstance, route: Route, gate: (route: Route) => readonly Check[]): void => {
  const checks = [...gate(route), ...route.guards]
  app.route({
    method: route.method,
    url: route.url,
    onRequest: (request, reply, done) => {
      for (const check of checks) {
        const refused = check(request)
        if (refused !== undefined) {
          sendProblem(reply, refused.problem, refused)
          return
        }
      }
      if (!isJson(request)) sendProblem(reply, 'UNSUPPORTED_MEDIA_TYPE')
      else done()
    },
    handler: handle(route),
  })
}
