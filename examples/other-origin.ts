import { pathToFileURL } from 'node:url'
import cors from '@fastify/cors'
import Fastify from 'fastify'
import { GatebookError, type GatebookOptions, openGatebook, sessionOf } from 'gatebook'
import { Registry } from 'prom-client'

const frontEnd = 'http://localhost:5173'

/** An app with a logger, an error handler and metrics of its own, and a front end on another origin. Gatebook's calls are under /auth/api/1. */
export const buildApp = async (options: GatebookOptions) => {
  const metrics = new Registry()
  const gatebook = await openGatebook({
    prefix: '/auth',
    allowedOrigins: [frontEnd],
    metrics,
    onRefusal: (refusal) => refusal,
    ...options,
  })
  const app = Fastify({ requestTimeout: 10_000, logger: { level: options.logLevel ?? 'info' } })

  await app.register(cors, {
    origin: [frontEnd],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    exposedHeaders: ['retry-after', 'x-request-id', 'gatebook-position'],
    maxAge: 7_200,
  })
  await app.register(gatebook.plugin)

  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof GatebookError) return reply.code(error.statusCode).send({ error: error.code, ...error.details })
    throw error
  })
  app.get('/orders', { onRequest: gatebook.guard.session }, (request) => sessionOf(request))
  app.get('/health', async (_request, reply) => {
    const health = await gatebook.health()
    return reply.code(health.ready ? 200 : 503).send(health)
  })
  // Not for everybody: keep it behind a proxy or on a port of its own.
  app.get('/metrics', { logLevel: 'silent' }, async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()))
  return app
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const app = await buildApp({ environment: process.env })
  await app.listen({ port: 3000 })
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => app.close())
}
