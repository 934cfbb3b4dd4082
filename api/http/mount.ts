import cors from '@fastify/cors'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Networks } from '../../application/caller.ts'
import type { LineLogger } from '../../application/line-logger.ts'
import { acceptJsonOnly } from '../codecs/json-body.ts'
import { callerNetworks } from '../protection/address.ts'
import { nestedRateLimit } from '../protection/nested-rate-limit.ts'
import type { IsOwnOrigin } from '../protection/origin.ts'
import { rateLimit } from '../protection/rate-limit.ts'
import { type AdmitService, isUnderTheApi, requestChecks } from '../protection/request-checks.ts'
import { type ResponseHeaders, securityHeaders } from '../protection/security-headers.ts'
import { mountSockets } from '../sockets/mount-sockets.ts'
import { socketUpgrades } from '../sockets/socket-upgrades.ts'
import { handleError } from './errors.ts'
import { type ObserveRoute, observeResponses } from './observe-responses.ts'
import { type Positions, positionHeader } from './positions.ts'
import { registerRoute } from './register-route.ts'
import { outerIds } from './request-ids.ts'
import type { Route } from './route.ts'

export type MountOptions = {
  readonly routes: readonly Route[]
  /** The service's own origin and `ALLOWED_ORIGINS`. Read at each request: the own one is added once the port is known. */
  readonly origins: ReadonlySet<string>
  /** Those that get CORS headers. Empty in an app that embeds Gatebook: CORS is its own, and `@fastify/cors` cannot be registered twice. */
  readonly allowedOrigins: readonly string[]
  readonly isOwnOrigin?: IsOwnOrigin | undefined
  readonly callerAddress: (request: FastifyRequest) => string
  /** Addresses that may not try passwords. */
  readonly isBlocked: (address: string) => boolean
  readonly admitService?: AdmitService
  /** Requests per minute and address; 0 for no limit. */
  readonly limits: { readonly general: number; readonly password: number; readonly blob?: number }
  readonly logger: LineLogger
  readonly observeRoute?: ObserveRoute | undefined
  /** Left out: `Gatebook-Position` is neither read nor sent. */
  readonly positions?: Positions | undefined
  /** Monotonic milliseconds. */
  readonly now?: () => number
  readonly headers?: ResponseHeaders
  /** Called first when the app closes, because it waits for responses. */
  readonly onClosing?: (() => void) | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What stands before every path of ours, such as `/auth`. */
    mountedAt: string
    /** Monotonic milliseconds; 0 if a hook of the host app has replied before ours ran. */
    arrivedAt: number
    callerAddress: string
    /** What rate limits count by. */
    callerNetworks: Networks
    /** Undoes what the request took of the limit on passwords of its address. `who`: whose password or code was right. */
    returnPlace: ((who: string) => void) | null
  }
}

const fewSlots = 2 ** 14

/** A page behind a proxy asks for each of its pictures and scripts. */
const verificationsPerCall = 10

const blobHeaders = {
  asked: ['if-match', 'if-none-match', 'gatebook-signature'],
  answered: ['etag', 'gatebook-signature', 'gatebook-public-key', 'gatebook-signed-origin'],
}

const allowCors = (app: FastifyInstance, origin: readonly string[], ownHeaders: readonly string[]) =>
  app.register(cors, {
    origin: [...origin],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'x-request-id', 'traceparent', 'last-event-id', ...blobHeaders.asked, ...ownHeaders],
    exposedHeaders: ['retry-after', 'x-request-id', ...blobHeaders.answered, ...ownHeaders],
    maxAge: 7200,
    strictPreflight: false,
  })

/** `prefix`: what stands before every path from outside. */
export function mount(app: FastifyInstance, options: MountOptions, prefix = app.prefix) {
  const { now = () => performance.now(), observeRoute = () => () => {}, positions, headers = securityHeaders } = options
  acceptJsonOnly(app)
  app
    .decorateRequest('arrivedAt', 0)
    .decorateRequest('callerAddress', '')
    .decorateRequest('callerNetworks')
    .decorateRequest('returnPlace', null)
    .decorateRequest('service', null)
    .decorateRequest('mountedAt', prefix)
  app.addHook('onRequest', (request, reply, done) => {
    request.arrivedAt = now()
    request.callerAddress = options.callerAddress(request)
    request.callerNetworks = callerNetworks(request.callerAddress)
    reply.headers(headers)
    reply.headers(outerIds(request))
    done()
  })
  if (options.allowedOrigins.length > 0) allowCors(app, options.allowedOrigins, positions === undefined ? [] : [positionHeader])
  observeResponses(app, { logger: options.logger, observeRoute, now })
  app.addHook('preClose', (done) => {
    options.onClosing?.()
    done()
  })
  app.setErrorHandler(handleError(options.logger))
  const { general } = options.limits
  const checks = requestChecks({
    admitService: () => 'unknown',
    ...options,
    general: nestedRateLimit({ budget: general, now }),
    password: nestedRateLimit({ budget: options.limits.password, now }),
    returned: rateLimit({ budget: options.limits.password, now, slots: fewSlots }),
    verifications: nestedRateLimit({ budget: general * verificationsPerCall, now }),
    reported: nestedRateLimit({ budget: general * verificationsPerCall, now }),
    chains: nestedRateLimit({ budget: Math.ceil(general / 10), now, slots: fewSlots }),
    blobs: nestedRateLimit({ budget: options.limits.blob ?? 0, now, slots: fewSlots }),
    documents: nestedRateLimit({ budget: Math.ceil(general / 10), now, slots: fewSlots }),
    refusedOrigins: nestedRateLimit({ budget: general, now, slots: fewSlots }),
  })
  const upgrades = socketUpgrades()
  const register = (scope: FastifyInstance, route: Route) =>
    registerRoute(scope, route, {
      checks: checks.of(route),
      observeRoute,
      positions: isUnderTheApi(route.url) ? positions : undefined,
    })
  app.after(() => {
    for (const route of options.routes) {
      if (route.upgraded === undefined) register(app, route)
      else mountSockets(app, upgrades, { path: route.url, register: (scope) => register(scope, route) })
    }
  })
  return { ...checks, upgrades }
}
