import cors from '@fastify/cors'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { HttpDurations } from '../../infrastructure/observability/http-durations.ts'
import { acceptJsonOnly } from '../codecs/json-body.ts'
import { rateLimit } from '../protection/rate-limit.ts'
import { isUnderTheApi, requestChecks } from '../protection/request-checks.ts'
import { securityHeaders } from '../protection/security-headers.ts'
import { handleError } from './errors.ts'
import { observeResponses } from './observe-responses.ts'
import { type Positions, positionHeader } from './positions.ts'
import { registerRoute } from './register-route.ts'
import type { Route } from './route.ts'

export type MountOptions = {
  readonly routes: readonly Route[]
  /** The service's own origin and `ALLOWED_ORIGINS`. Asked at each request, so the own one may be added once the port is known. */
  readonly origins: ReadonlySet<string>
  /** Front ends elsewhere, which get CORS headers with credentials. */
  readonly allowedOrigins: readonly string[]
  readonly callerAddress: (request: FastifyRequest) => string
  /** Addresses from which no password is looked at. */
  readonly isBlocked: (address: string) => boolean
  /** Calls a minute for one address; 0 for no limit. */
  readonly limits: { readonly general: number; readonly password: number }
  readonly logger: Logger
  readonly durations: HttpDurations
  /** Left out where nobody can wait for a position, and none is named. */
  readonly positions?: Positions
  /** Monotonic milliseconds. */
  readonly now?: () => number
}

const allowCors = (app: FastifyInstance, origin: readonly string[]) =>
  app.register(cors, {
    origin: [...origin],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', positionHeader],
    exposedHeaders: ['retry-after', positionHeader],
    maxAge: 7200,
    strictPreflight: false,
  })

/** Puts routes, and all that stands in front of them, on a Fastify instance or on a scope of somebody else's; answers the gate. */
export function mount(app: FastifyInstance, options: MountOptions) {
  const { now = () => performance.now() } = options
  acceptJsonOnly(app)
  app.addHook('onRequest', (request, reply, done) => {
    request.arrivedAt = now()
    reply.headers(securityHeaders)
    done()
  })
  if (options.allowedOrigins.length > 0) allowCors(app, options.allowedOrigins)
  observeResponses(app, { ...options, now })
  app.setErrorHandler(handleError(options.logger))
  const gate = requestChecks({
    ...options,
    general: rateLimit(options.limits.general, now),
    password: rateLimit(options.limits.password, now),
  })
  app.after(() => {
    const { durations, positions } = options
    for (const route of options.routes) {
      registerRoute(app, route, { checks: gate.of(route), durations, positions: isUnderTheApi(route.url) ? positions : undefined })
    }
  })
  return gate
}
