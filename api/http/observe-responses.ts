import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { LineLogger } from '../../application/line-logger.ts'
import { logResponse } from './request-log.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by our routes; null for a missing route, a route of another plugin and a preflight. */
    observed: Observed | null
  }
}

/** Called once per route; what it returns is called for each response. */
export type ObserveRoute = (method: string, route: string) => (status: number, seconds: number) => void

export type Observed = { readonly pattern: string; readonly record: ReturnType<ObserveRoute> }

/** `now`: monotonic milliseconds. */
type Needs = { readonly logger: LineLogger; readonly observeRoute: ObserveRoute; readonly now: () => number }

/** In `onSend`, because an `onResponse` hook makes Fastify add and remove two listeners for each response. */
export function observeResponses(app: FastifyInstance, { logger, observeRoute, now }: Needs): void {
  const noRoute: Observed = { pattern: '(none)', record: observeRoute('any', '(none)') }
  const known = new Map<string, Observed>()

  const observedOf = (request: FastifyRequest): Observed => {
    const { url } = request.routeOptions
    if (url === undefined) return noRoute
    const key = `${request.method} ${url}`
    const observed = known.get(key) ?? { pattern: url, record: observeRoute(request.method, url) }
    known.set(key, observed)
    return observed
  }

  app.decorateRequest('observed', null)
  app.addHook('onSend', (request, reply, _payload, done) => {
    const { pattern, record } = request.observed ?? observedOf(request)
    const ms = request.arrivedAt === 0 ? 0 : now() - request.arrivedAt
    record(reply.statusCode, ms / 1000)
    logResponse(logger, pattern, request, reply, ms)
    done()
  })
}
