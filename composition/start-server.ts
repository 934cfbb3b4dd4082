import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Logger } from 'pino'
import { earlyServer } from '../api/http/early-server.ts'
import { buildServer } from '../api/http/server.ts'
import type { ListenFailure } from '../api/operations/listen.ts'
import { operationsRoutes } from '../api/operations/routes.ts'
import { metricsServing } from '../api/operations/serve-metrics.ts'
import { responseHeaders } from '../api/protection/security-headers.ts'
import { logWarnings } from '../infrastructure/configuration/log-warnings.ts'
import type { Values } from '../infrastructure/configuration/variables.ts'
import { pagesFolder } from '../infrastructure/files/pages-folder.ts'
import { isLoopback } from '../infrastructure/network/is-loopback.ts'
import { countedBy, watchPositions } from '../infrastructure/observability/feed-metrics.ts'
import type { Hooks } from '../infrastructure/observability/hooks.ts'
import { logHooks } from '../infrastructure/observability/log-hooks.ts'
import { createMetrics } from '../infrastructure/observability/metrics.ts'
import { openOperatorSocket } from '../infrastructure/operator-socket/open-socket.ts'
import { secretMatcher } from '../infrastructure/tokens/secret-matcher.ts'
import { answerOperator } from '../library/operator/answer-operator.ts'
import type { Gatebook } from './gatebook.ts'
import { openCore } from './open-core.ts'
import type { StartFailure } from './start-failure.ts'
import { wireApi } from './wire-api.ts'

export type Running = {
  readonly app: FastifyInstance
  readonly gatebook: Gatebook
  readonly url: string
  /** What browsers must come by. */
  readonly origin: string
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

const listenOn = async (server: Server, { HOST: host, PORT: port }: Values): Promise<Either<ListenFailure, AddressInfo>> => {
  try {
    server.listen({ host, port })
    await once(server, 'listening')
    return right(server.address() as AddressInfo)
  } catch (error) {
    return left({ type: 'cannot_listen', detail: `HOST and PORT: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}` })
  }
}

const everyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

const urlOf = ({ address, family, port }: AddressInfo) => {
  const host = everyAddress[address] ?? address
  return family === 'IPv6' ? `http://[${host}]:${port}` : `http://${host}:${port}`
}

/** Requests in flight finish. A connection that was busy when idle ones were closed would otherwise stay open for another request. */
const closeServer = async (server: Server) => {
  const lettingGo = setInterval(() => server.closeIdleConnections(), 50)
  await new Promise<void>((done) => server.close(() => done()))
  clearInterval(lettingGo)
}

export async function startServer(
  values: Values,
  logger: Logger,
  hooks: Hooks = {},
): Promise<Either<StartFailure | ListenFailure, Running>> {
  logWarnings(logger, values)
  const early = earlyServer(responseHeaders(values.PUBLIC_ORIGIN))
  const listening = await listenOn(early.server, values)
  if (isLeft(listening)) return listening
  const metrics = createMetrics()
  const opened = await openCore(values, countedBy(metrics, { ...logHooks(logger), ...hooks }))
  if (isLeft(opened)) {
    await closeServer(early.server)
    return opened
  }
  const gatebook = opened.right
  watchPositions(metrics, gatebook)
  const { options, settings, context, sessionGuard, ownOrigin, open } = wireApi(gatebook, values, {
    logger,
    observeRoute: metrics.observeRoute,
    observeSocketClosed: metrics.socketClosed,
    demonstration: true,
  })
  const origin = ownOrigin(listening.right.port)
  metrics.watchLiveStreams(open.liveStreams)
  metrics.watchSockets(open.sockets)
  const { onPublicPort, listenForMetrics } = metricsServing(metricsAccess(values, metrics.render))
  const operations = operationsRoutes({ unready: gatebook.unready, routes: options.routes, metrics: onPublicPort })
  const folder = pagesFolder()
  if (folder === undefined) logger.warn('the pages are not built: run `npm run build:pages`')
  const app = buildServer({
    ...options,
    routes: [...options.routes, ...operations],
    early,
    pages: folder === undefined ? undefined : { folder, settings, origin },
  })
  const scraped = await listenForMetrics(options)
  if (isLeft(scraped)) {
    await Promise.all([app.close(), closeServer(early.server)])
    await gatebook.close()
    return scraped
  }
  await app.ready()
  const operators = await openOperatorSocket({
    dataDir: values.EVENT_STORE === 'memory' ? null : values.DATA_DIR,
    answer: answerOperator({ ...context, sessionGuard, positions: options.positions }),
    logger,
  })
  early.open()
  const stop = async () => {
    await operators.close()
    await Promise.all([app.close(), closeServer(early.server), scraped.right.stop()])
    await gatebook.close()
  }
  return right({ app, gatebook, url: urlOf(listening.right), origin, metricsUrl: scraped.right.url, stop })
}
