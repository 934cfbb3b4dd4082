import Fastify, { type FastifyInstance } from 'fastify'
import { createAccessTokenGuard, type openGatebook, optionalSessionOf, sessionOf } from 'gatebook'
import { pino } from 'pino'
import { expectTypeOf, test } from 'vitest'

type Gatebook = Awaited<ReturnType<typeof openGatebook>>

/** Never called: `tsc` fails if one of these lines does not compile. */
const onAnyApp = (gatebook: Gatebook) => {
  const services = createAccessTokenGuard({ url: 'https://login.example.org/.well-known/jwks.json', issuer: 'x', audience: 'y' })
  const plain = Fastify()
  plain.register(gatebook.plugin)
  plain.get('/', { onRequest: gatebook.guard.session }, (request) => sessionOf(request).accountId)

  const logging = Fastify({ loggerInstance: pino() })
  logging.register(gatebook.plugin, { prefix: '/auth' })
  logging.addHook('onRequest', gatebook.guard.session)
  logging.get('/', { onRequest: [gatebook.guard.optional, services] }, (request) => optionalSessionOf(request)?.accountId ?? null)
  logging.post<{ Body: { readonly amount: number } }>('/', { onRequest: gatebook.guard.elevated }, (request) => {
    expectTypeOf(request.body).toEqualTypeOf<{ readonly amount: number }>()
    return sessionOf(request).roles
  })

  const secure = Fastify({ http2: true, https: {} })
  secure.register(gatebook.plugin)
  secure.get('/', { onRequest: gatebook.guard.role('admin'), preHandler: [gatebook.guard.elevated] }, (request) => sessionOf(request))

  const cleartext = Fastify({ http2: true, loggerInstance: pino() })
  cleartext.register(gatebook.plugin, { prefix: '/auth' })
  cleartext.get('/', { onRequest: gatebook.guard.claim('publisher', true) }, (request) => sessionOf(request).claims)

  const tls = Fastify({ https: {} })
  tls.register(gatebook.plugin)
  tls.route({ method: 'GET', url: '/', onRequest: [gatebook.guard.anyRole('a', 'b')], handler: (request) => sessionOf(request) })
}

// biome-ignore lint/suspicious/noExplicitAny: it is what a plugin of somebody else is handed.
const onUnknownApp = (app: FastifyInstance<any, any, any, any, any>, gatebook: Gatebook) => {
  app.register(gatebook.plugin)
  app.get('/', { onRequest: gatebook.guard.session }, (request) => sessionOf(request).accountId)
}

const wrong = (gatebook: Gatebook) => [
  // @ts-expect-error a guard is no plugin
  Fastify().register(gatebook.guard),
  // @ts-expect-error text is no request
  sessionOf('request'),
  // @ts-expect-error a role has a name
  gatebook.guard.role(),
]

test('guards and plugin fit any server, logger and type provider', () => {
  expectTypeOf(onAnyApp).toBeFunction()
  expectTypeOf(onUnknownApp).toBeFunction()
  expectTypeOf(wrong).toBeFunction()
})
