import Fastify, { type FastifyInstance } from 'fastify'
import { onError, onNotFound } from './failures.ts'
import { acceptJsonOnly } from './json-body.ts'
import { originCheck } from './origin.ts'
import { registerRoute } from './register-route.ts'
import type { Route } from './route.ts'

export type ServerOptions = {
  readonly routes: readonly Route[]
  /** The service's own origin and `ALLOWED_ORIGINS`. Read at each request, so the own one may be added once the port is known. */
  readonly origins: ReadonlySet<string>
}

/** Built, not listening. */
export const buildServer = (options: ServerOptions): FastifyInstance => {
  const app = Fastify({ bodyLimit: 16_384, requestTimeout: 10_000, connectionTimeout: 30_000, keepAliveTimeout: 5_000 })
  acceptJsonOnly(app)
  app.setErrorHandler(onError)
  app.setNotFoundHandler(onNotFound)
  const checkOrigin = originCheck(options.origins)
  for (const route of options.routes) registerRoute(app, route, () => [checkOrigin])
  return app
}
