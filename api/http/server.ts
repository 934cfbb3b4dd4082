import Fastify, { type FastifyInstance } from 'fastify'
import { parseQueryString } from '../codecs/query-string.ts'
import { type PagesOptions, pages } from '../pages/pages.ts'
import { type ProblemAnswer, sendProblem } from '../problems.ts'
import { securityHeaders } from '../protection/security-headers.ts'
import { answerBrokenRequest, answerUnknownExpectation, lacksHost } from './broken-request.ts'
import { type EarlyServer, httpOptions, timeouts } from './early-server.ts'
import { type MountOptions, mount } from './mount.ts'
import { maxBody } from './register-route.ts'

/** `requestTimeout`: milliseconds for a whole request, headers and body, to arrive. */
export type ServerOptions = MountOptions & {
  readonly requestTimeout?: number
  readonly early?: EarlyServer
  readonly pages?: PagesOptions | undefined
}

/** Does not listen yet. Fastify's logger is off, because it would write URLs and addresses. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const { requestTimeout = 10_000, early, headers = securityHeaders } = options
  const app = Fastify({
    ...timeouts,
    requestTimeout,
    ...(early === undefined ? { http: httpOptions(requestTimeout) } : { serverFactory: early.attach }),
    bodyLimit: maxBody,
    // Requests that arrived before `close` still get a response.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 256, querystringParser: (text) => parseQueryString(text) as Record<string, string> },
    clientErrorHandler: answerBrokenRequest(headers),
    // A URL that cannot be decoded runs no hook, and Fastify would repeat it in the response.
    frameworkErrors: (_error, _request, reply) => {
      sendProblem(reply.headers(headers), 'MALFORMED_REQUEST')
    },
    genReqId: () => '',
  })
  app.server.on('checkExpectation', answerUnknownExpectation(headers))
  const checks = mount(app, options)
  app.addHook('onRequest', (request, reply, done) => {
    if (lacksHost(request.raw)) return void sendProblem(reply.header('connection', 'close'), 'MALFORMED_REQUEST')
    done()
  })
  if (options.pages !== undefined) app.register(pages(options.pages, checks.limitCalls))
  app.setNotFoundHandler((request, reply) => {
    if (request.url === '/' && (request.method === 'GET' || request.method === 'HEAD')) return reply.redirect('/docs')
    const refused: ProblemAnswer = checks.limitCalls(request) ?? { problem: 'NOT_FOUND' }
    return sendProblem(reply, refused.problem, refused)
  })
  return app
}
