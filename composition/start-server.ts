import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type Either, isLeft, type Left, right } from 'fp-ts/lib/Either.js'
import type { Logger } from 'pino'
import { buildServer } from '../api/http/server.ts'
import { type ListenFailure, listen } from '../api/operations/listen.ts'
import { operationsRoutes } from '../api/operations/routes.ts'
import { metricsServing } from '../api/operations/serve-metrics.ts'
import { isLoopback } from '../infrastructure/network/is-loopback.ts'
import { countedBy, watchPositions } from '../infrastructure/observability/feed-metrics.ts'
import type { Hooks } from '../infrastructure/observability/hooks.ts'
import { logHooks } from '../infrastructure/observability/log-hooks.ts'
import { createMetrics } from '../infrastructure/observability/metrics.ts'
import { secretMatcher } from '../infrastructure/tokens/secret-matcher.ts'
import { logWarnings } from './config/log-warnings.ts'
import type { Values } from './config/variables.ts'
import type { Gatebook } from './gatebook.ts'
import { openCore } from './open-core.ts'
import type { StartFailure } from './start-failure.ts'
import { wireApi } from './wire-api.ts'

export type Running = {
  readonly app: FastifyInstance
  readonly gatebook: Gatebook
  readonly url: string
  /** Undefined without `METRICS_PORT`. */
  readonly metricsUrl: string | undefined
  readonly stop: () => Promise<void>
}

/** Metrics tell what happens to known addresses, so strangers may not read them. */
const metricsAccess = ({ METRICS_HOST, METRICS_PORT, METRICS_TOKEN, NODE_ENV, HOST }: Values, render: () => Promise<string>) => ({
  render,
  isToken: METRICS_TOKEN === undefined ? undefined : secretMatcher(METRICS_TOKEN),
  isHost: METRICS_TOKEN === undefined && METRICS_PORT === undefined ? isLoopback : undefined,
  host: METRICS_HOST,
  port: METRICS_PORT,
  mayBePublic: METRICS_TOKEN !== undefined || (NODE_ENV !== 'production' && isLoopback(HOST)),
})

export async function startServer(
  values: Values,
  logger: Logger,
  hooks: Hooks = {},
): Promise<Either<StartFailure | ListenFailure, Running>> {
  logWarnings(logger, values)
  const metrics = createMetrics()
  const opened = await openCore(values, countedBy(metrics, { ...logHooks(logger), ...hooks }))
  if (isLeft(opened)) return opened
  const gatebook = opened.right
  watchPositions(metrics, gatebook)
  const { options, ownOrigin } = wireApi(gatebook, values, { logger, observeRoute: metrics.observeRoute })
  const { onPublicPort, listenForMetrics } = metricsServing(metricsAccess(values, metrics.render))
  const operations = operationsRoutes({ unready: gatebook.unready, routes: options.routes, metrics: onPublicPort })
  const app = buildServer({ ...options, routes: [...options.routes, ...operations] })
  const giveUp = async (failure: Left<ListenFailure>) => {
    await app.close()
    await gatebook.close()
    return failure
  }
  const listening = await listen(app, { host: values.HOST, port: values.PORT, named: 'HOST and PORT' })
  if (isLeft(listening)) return giveUp(listening)
  const scraped = await listenForMetrics(options)
  if (isLeft(scraped)) return giveUp(scraped)
  ownOrigin((app.server.address() as AddressInfo).port)
  const stop = async () => {
    // Fastify closes idle connections once, and one that was busy then would stay open for another request.
    const lettingGo = setInterval(() => app.server.closeIdleConnections(), 50)
    await app.close().finally(() => clearInterval(lettingGo))
    await scraped.right.stop()
    await gatebook.close()
  }
  return right({ app, gatebook, url: listening.right, metricsUrl: scraped.right.url, stop })
}
