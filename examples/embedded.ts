import { pathToFileURL } from 'node:url'
import Fastify from 'fastify'
import { type GatebookOptions, openGatebook, sessionOf } from 'gatebook'

/** Your own app with login: Gatebook's calls under /api/1, and routes of yours behind its guards. */
export const buildApp = async (options: GatebookOptions) => {
  const gatebook = await openGatebook(options)
  const app = Fastify({ requestTimeout: 10_000 })
  await app.register(gatebook.plugin)

  app.get('/', () => ({ open: 'to everyone' }))

  app.get('/orders', { onRequest: gatebook.guard.session }, (request) => ({ of: sessionOf(request).accountId }))

  app.get('/books', { onRequest: gatebook.guard.role('bookkeeper') }, () => ({ balance: 42 }))

  app.post('/payout', { onRequest: gatebook.guard.elevated }, () => ({ paid: true }))

  return { app, setupToken: gatebook.setupToken }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { app } = await buildApp({ environment: process.env })
  process.stdout.write(`${await app.listen({ port: 3000 })}\n`)
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => app.close())
}
