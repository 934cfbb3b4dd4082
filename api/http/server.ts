import Fastify, { type FastifyInstance } from 'fastify'
import { type PagesOptions, pages } from '../pages/pages.ts'
import { sendProblem } from '../problems.ts'
import { securityHeaders } from '../protection/security-headers.ts'
import { answerNotFound, appOptions } from './app-options.ts'
import { answerBrokenRequest, answerUnknownExpectation, lacksHost } from './broken-request.ts'
import { type EarlyServer, httpOptions, timeouts } from './early-server.ts'
import { type MountOptions, mount } from './mount.ts'

/** `requestTimeout`: milliseconds for a whole request, headers and body, to arrive. */
export type ServerOptions = MountOptions & {
  readonly requestTimeout?: number
  readonly early?: EarlyServer
  readonly pages?: PagesOptions | undefined
}

/** Does not listen yet. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const { requestTimeout = 10_000, early, headers = securityHeaders } = options
  const app = Fastify({
    ...timeouts,
    requestTimeout,
    ...(early === undefined ? { http: httpOptions(requestTimeout) } : { serverFactory: early.attach }),
    ...appOptions(headers),
    // Requests that arrived before `close` still get a response.
    forceCloseConnections: 'idle',
    clientErrorHandler: answerBrokenRequest(headers),
  })
  app.server.on('checkExpectation', answerUnknownExpectation(headers))
  const checks = mount(app, options)
  app.addHook('onRequest', (request, reply, done) => {
    if (lacksHost(request.raw)) return void sendProblem(reply.header('connection', 'close'), 'MALFORMED_REQUEST')
    done()
  })
  if (options.pages !== undefined) app.register(pages(options.pages, checks.limitCalls))
  const notFound = answerNotFound(checks.limitCalls)
  app.setNotFoundHandler(function (request, reply) {
    if (request.url === '/' && (request.method === 'GET' || request.method === 'HEAD')) return reply.redirect('/docs')
    return notFound.call(this, request, reply)
  })
  return app
}
