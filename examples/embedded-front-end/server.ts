import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Fastify from 'fastify'
import { type GatebookOptions, openGatebook, sessionOf } from 'gatebook'

const headers = {
  'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'",
  // A page that shows who is logged in must not come back from a cache after a logout.
  'cache-control': 'no-store',
}

/** Your own app: its page, its routes and Gatebook's calls under /api/1, all at one origin. `built` is what `vite build` made of `page/`. */
export const buildShop = async (options: GatebookOptions, built: string) => {
  const gatebook = await openGatebook(options)
  const app = Fastify({ requestTimeout: 10_000 })
  await app.register(gatebook.plugin)

  const page = readFileSync(join(built, 'index.html'), 'utf8')
  const script = readFileSync(join(built, 'shop.js'), 'utf8')
  app.get('/', (_request, reply) => reply.headers(headers).type('text/html; charset=utf-8').send(page))
  app.get('/shop.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(script))

  app.get('/orders', { onRequest: gatebook.guard.session }, (request) => ({ of: sessionOf(request).accountId }))
  app.post('/payout', { onRequest: gatebook.guard.elevated }, () => ({ paid: true }))
  return app
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const app = await buildShop({ environment: process.env }, join(import.meta.dirname, 'dist'))
  process.stdout.write(`${await app.listen({ port: 3000 })}\n`)
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => app.close())
}
