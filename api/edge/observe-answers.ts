import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { HttpDurations } from '../operations/http-durations.ts'
import { logAnswer } from './request-log.ts'

type Dependencies = { readonly logger: Logger; readonly durations: HttpDurations }
type Observed = { readonly pattern: string; readonly record: (status: number, seconds: number) => void }

/** One duration and at most one log line for every answer, under the pattern of its route; what has none is `(none)`. */
export const observeAnswers = (app: FastifyInstance, { logger, durations }: Dependencies): void => {
  const nowhere: Observed = { pattern: '(none)', record: durations.seriesOf('any', '(none)') }
  const known = new WeakMap<object, Observed>()

  const observed = (config: { readonly url?: string; readonly method?: string | string[] }): Observed => {
    if (config.url === undefined) return nowhere
    const found = known.get(config)
    if (found !== undefined) return found
    const made = { pattern: config.url, record: durations.seriesOf(String(config.method), config.url) }
    known.set(config, made)
    return made
  }

  app.addHook('onResponse', (request, reply, done) => {
    const { pattern, record } = observed(request.routeOptions.config)
    record(reply.statusCode, reply.elapsedTime / 1000)
    logAnswer(logger, pattern, request, reply)
    done()
  })
}
