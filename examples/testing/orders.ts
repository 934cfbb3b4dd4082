import Fastify from 'fastify'
import { type Gatebook, sessionOf } from 'gatebook'

/** The app under test. It is given its Gatebook, so that a test can give it another one. */
export const buildOrders = async (gatebook: Gatebook) => {
  const app = Fastify({ requestTimeout: 10_000 })
  await app.register(gatebook.plugin)
  app.get('/orders', { onRequest: gatebook.guard.session }, (request) => ({ of: sessionOf(request).accountId }))
  app.get('/books', { onRequest: gatebook.guard.role('bookkeeper') }, () => ({ balance: 42 }))
  app.post('/payouts', { onRequest: gatebook.guard.elevatedClaim('limit', 1000) }, () => ({ paid: true }))
  return app
}
