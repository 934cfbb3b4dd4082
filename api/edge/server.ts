import cors from '@fastify/cors'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { HttpDurations } from '../operations/http-durations.ts'
import { type ProblemAnswer, sendProblem } from '../problems.ts'
import { addressLimit } from './address-limit.ts'
import { answerBrokenRequest } from './broken-request.ts'
import { onError } from './failures.ts'
import { gateOf } from './gate.ts'
import { acceptJsonOnly } from './json-body.ts'
import { observeAnswers } from './observe-answers.ts'
import { parseQueryString } from './query-string.ts'
import { registerRoute } from './register-route.ts'
import type { Route } from './route.ts'
import { securityHeaders } from './security-headers.ts'

export type ServerOptions = {
  readonly routes: readonly Route[]
  /** The service's own origin and `ALLOWED_ORIGINS`. Asked at each request, so the own one may be added once the port is known. */
  readonly origins: ReadonlySet<string>
  /** Front ends elsewhere, which get CORS headers with credentials. */
  readonly allowedOrigins: readonly string[]
  readonly callerAddress: (request: FastifyRequest) => string
  /** Calls a minute for one address; 0 for no limit. */
  readonly limits: { readonly general: number; readonly password: number }
  readonly logger: Logger
  readonly durations: HttpDurations
  /** Monotonic milliseconds. */
  readonly now?: () => number
  /** Milliseconds for a whole request, head and body, to arrive. */
  readonly requestTimeout?: number
}

const timeouts = { connectionTimeout: 60_000, keepAliveTimeout: 65_000 }

const allowCors = (app: FastifyInstance, origin: readonly string[]) =>
  app.register(cors, {
    origin: [...origin],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type'],
    exposedHeaders: ['retry-after'],
    maxAge: 7200,
    strictPreflight: false,
  })

/** Built, not listening. Fastify's own logger is off: it would write URLs and addresses. */
export const buildServer = (options: ServerOptions): FastifyInstance => {
  const { requestTimeout = 10_000, now = () => performance.now() } = options
  const app = Fastify({
    ...timeouts,
    requestTimeout,
    http: { headersTimeout: requestTimeout, connectionsCheckingInterval: Math.min(1000, requestTimeout), joinDuplicateHeaders: true },
    bodyLimit: 16_384,
    // What came over an open connection before the end is answered; only then does `close` come back.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 256, querystringParser: (text) => parseQueryString(text) as Record<string, string> },
    clientErrorHandler: answerBrokenRequest,
    genReqId: () => '',
  })
  acceptJsonOnly(app)
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(securityHeaders)
    done()
  })
  if (options.allowedOrigins.length > 0) allowCors(app, options.allowedOrigins)
  observeAnswers(app, options)
  app.setErrorHandler(onError(options.logger))
  const gate = gateOf({
    ...options,
    general: addressLimit(options.limits.general, now),
    password: addressLimit(options.limits.password, now),
  })
  app.setNotFoundHandler((request, reply) => {
    const refused: ProblemAnswer = gate.limitUnknown(request) ?? { problem: 'NOT_FOUND' }
    return sendProblem(reply, refused.problem, refused)
  })
  app.after(() => {
    for (const route of options.routes) registerRoute(app, route, gate.of(route), options.durations)
  })
  return app
}
