import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Logger } from 'pino'
import { buildServer } from '../api/http/server.ts'
import { operationsRoutes } from '../api/operations/routes.ts'
import { countedBy, watchPositions } from '../infrastructure/observability/feed-metrics.ts'
import type { Hooks } from '../infrastructure/observability/hooks.ts'
import { logHooks } from '../infrastructure/observability/log-hooks.ts'
import { createMetrics } from '../infrastructure/observability/metrics.ts'
import { warnings } from './config/contradictions.ts'
import type { Values } from './config/variables.ts'
import type { Gatebook } from './gatebook.ts'
import { openCore } from './open-core.ts'
import type { ListenFailure, StartFailure } from './start-failure.ts'
import { wireApi } from './wire-api.ts'

export type Running = {
  readonly app: FastifyInstance
  readonly gatebook: Gatebook
  readonly url: string
  readonly stop: () => Promise<void>
}

const listen = async (app: FastifyInstance, { HOST: host, PORT: port }: Values): Promise<Either<ListenFailure, string>> => {
  try {
    return right(await app.listen({ host, port }))
  } catch (error) {
    return left({ type: 'cannot_listen', detail: `HOST and PORT: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}` })
  }
}

export async function startServer(
  values: Values,
  logger: Logger,
  hooks: Hooks = {},
): Promise<Either<StartFailure | ListenFailure, Running>> {
  for (const warning of warnings(values)) logger.warn(warning)
  const metrics = createMetrics()
  const opened = await openCore(values, countedBy(metrics, { ...logHooks(logger), ...hooks }))
  if (isLeft(opened)) return opened
  const gatebook = opened.right
  watchPositions(metrics, gatebook)
  const { options, ownOrigin } = wireApi(gatebook, values, { logger, observeRoute: metrics.observeRoute })
  const operations = operationsRoutes({ renderMetrics: metrics.render, unready: gatebook.unready, routes: options.routes })
  const app = buildServer({ ...options, routes: [...options.routes, ...operations] })
  const listening = await listen(app, values)
  if (isLeft(listening)) {
    await gatebook.close()
    return listening
  }
  ownOrigin((app.server.address() as AddressInfo).port)
  const stop = async () => {
    // Fastify closes idle connections once, and one that was busy then would stay open for another request.
    const lettingGo = setInterval(() => app.server.closeIdleConnections(), 50)
    await app.close().finally(() => clearInterval(lettingGo))
    await gatebook.close()
  }
  return right({ app, gatebook, url: listening.right, stop })
}
