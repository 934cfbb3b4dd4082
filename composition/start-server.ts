import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Logger } from 'pino'
import type { Context } from '../api/context.ts'
import { callerAddress } from '../api/edge/address.ts'
import { correlationId } from '../api/edge/correlation.ts'
import { buildServer } from '../api/edge/server.ts'
import { guards } from '../api/guards/guards.ts'
import { createMetrics } from '../api/operations/metrics.ts'
import { operationsRoutes } from '../api/operations/routes.ts'
import { routes } from '../api/routes.ts'
import type { Values } from './config/variables.ts'
import { type Gatebook, type Outside, openGatebook, type StartFailure } from './open-gatebook.ts'
import { settingsOf } from './settings.ts'

export type Running = {
  readonly app: FastifyInstance
  readonly gatebook: Gatebook
  /** `http://127.0.0.1:1984` */
  readonly url: string
  /** In-flight requests finish, then the log is closed. */
  readonly stop: () => Promise<void>
}

export type ListenFailure = { readonly is: 'cannot_listen'; readonly detail: string }

const contextOf = (
  { dependencies, queries, find, seen }: Gatebook,
  values: Values,
  addressOf: ReturnType<typeof callerAddress>,
): Context => ({
  ...dependencies,
  ...queries,
  guards: guards({ find, seen, now: dependencies.now, hashToken: dependencies.tokens.hash }),
  callerOf: (request) => ({
    address: addressOf(request),
    userAgent: request.headers['user-agent'] ?? null,
    correlationId: correlationId(request),
  }),
  // Until the mails of a verified registration are wired, nobody may register unverified.
  registration: values.REGISTRATION === 'verified' ? 'closed' : values.REGISTRATION,
})

const ownOrigin = (values: Values, port: number) => values.PUBLIC_ORIGIN ?? `http://localhost:${port}`

const listen = async (app: FastifyInstance, { HOST: host, PORT: port }: Values): Promise<Either<ListenFailure, string>> => {
  try {
    return right(await app.listen({ host, port }))
  } catch (error) {
    return left({ is: 'cannot_listen', detail: `HOST and PORT: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}` })
  }
}

/** Opens the core, builds the server on it and listens. On failure nothing stays open. */
export const startServer = async (
  values: Values,
  logger: Logger,
  outside: Outside = {},
): Promise<Either<StartFailure | ListenFailure, Running>> => {
  const opened = await openGatebook(settingsOf(values), {
    onWriterDeath: () => logger.fatal('the thread that writes the log has died: restart'),
    ...outside,
  })
  if (isLeft(opened)) return opened
  const gatebook = opened.right
  const addressOf = callerAddress(values.TRUSTED_PROXIES)
  const metrics = createMetrics()
  const calls = routes(contextOf(gatebook, values, addressOf))
  const isReady = async () => !isLeft(await gatebook.store.head()())
  const origins = new Set(values.ALLOWED_ORIGINS)
  const app = buildServer({
    routes: [...calls, ...operationsRoutes({ metrics, isReady, routes: calls })],
    origins,
    allowedOrigins: values.ALLOWED_ORIGINS,
    callerAddress: addressOf,
    limits: { general: values.RATE_PER_MINUTE, password: values.LOGIN_RATE_PER_MINUTE },
    logger,
    durations: metrics.http,
  })
  const listening = await listen(app, values)
  if (isLeft(listening)) {
    await gatebook.close()
    return listening
  }
  origins.add(ownOrigin(values, (app.server.address() as AddressInfo).port))
  const stop = async () => {
    await app.close()
    await gatebook.close()
  }
  return right({ app, gatebook, url: listening.right, stop })
}
