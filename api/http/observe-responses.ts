import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { HttpDurations } from '../../infrastructure/observability/http-durations.ts'
import { logAnswer } from './request-log.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the route; absent for what came from elsewhere (no route, a plugin's route, a preflight). */
    observed: Observed | null
    /** Monotonic milliseconds; 0 where a hook of somebody else's app has answered before any of ours was asked. */
    arrivedAt: number
  }
}

/** `now`: monotonic milliseconds. */
type Dependencies = { readonly logger: Logger; readonly durations: HttpDurations; readonly now: () => number }
export type Observed = { readonly pattern: string; readonly record: (status: number, seconds: number) => void }

/**
 * One duration and at most one log line for every answer, under the pattern of its route; what has none is `(none)`. Taken when the answer is handed over,
 * an export when it begins: a hook after the last octet makes Fastify hang two listeners on every answer and take them off again.
 */
export function observeResponses(app: FastifyInstance, { logger, durations, now }: Dependencies): void {
  const nowhere: Observed = { pattern: '(none)', record: durations.seriesOf('any', '(none)') }
  const known = new Map<string, Observed>()

  const looked = (request: FastifyRequest): Observed => {
    const { url } = request.routeOptions
    if (url === undefined) return nowhere
    const found = known.get(`${request.method} ${url}`)
    if (found !== undefined) return found
    const made = { pattern: url, record: durations.seriesOf(request.method, url) }
    known.set(`${request.method} ${url}`, made)
    return made
  }

  app.decorateRequest('observed', null).decorateRequest('arrivedAt', 0)
  app.addHook('onSend', (request, reply, _payload, done) => {
    const { pattern, record } = request.observed ?? looked(request)
    const ms = request.arrivedAt === 0 ? 0 : now() - request.arrivedAt
    record(reply.statusCode, ms / 1000)
    logAnswer(logger, pattern, request, reply, ms)
    done()
  })
}
