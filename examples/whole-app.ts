import { pathToFileURL } from 'node:url'
import cors from '@fastify/cors'
import Fastify from 'fastify'
import { type GatebookOptions, openGatebook, sessionOf } from 'gatebook'

const frontEnd = 'http://localhost:5173'

/** Of the former system, whose people log in with the passwords that they have. */
const former = [
  { email: 'grace@example.org', emailVerified: true, passwordHash: '$2b$10$j71KPNlBZrDLYgOSFMUxuOPgZbGuU83strJLIcxykE5ERehdEM6mC' },
]

export type SendWelcome = (email: string) => Promise<unknown>

/** Guarded routes, a first administrator, people of a former system, a mail to whoever registers, and a front end on another origin. */
export const buildApp = async (options: GatebookOptions, sendWelcome: SendWelcome) => {
  const gatebook = await openGatebook({ allowedOrigins: [frontEnd], ...options })
  const root = { email: 'root@example.org', password: 'change me at the first login' }
  await gatebook.accounts.create({ ...root, roles: ['admin', 'bookkeeper'], ifExists: 'keep', actor: { system: 'seed' } })
  await gatebook.accounts.import(former)
  gatebook.on('AccountRegistered', async ({ data: { email } }) => email && sendWelcome(email), { name: 'welcome' })

  const app = Fastify({ requestTimeout: 10_000 })
  await app.register(cors, { origin: [frontEnd], credentials: true, methods: ['GET', 'POST', 'PUT', 'DELETE'] })
  await app.register(gatebook.plugin)
  app.get('/orders', { onRequest: gatebook.guard.session }, (request) => ({ of: sessionOf(request).accountId }))
  app.get('/books', { onRequest: gatebook.guard.role('bookkeeper') }, () => ({ balance: 42 }))
  app.post('/payout', { onRequest: gatebook.guard.elevated }, () => ({ paid: true }))
  return app
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const app = await buildApp({ environment: process.env }, async () => app.log.info('here your mailer welcomes somebody'))
  await app.listen({ port: 3000 })
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => app.close())
}
