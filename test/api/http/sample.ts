import * as t from 'io-ts'
import { text } from '../../../api/codecs/primitives.ts'
import { strictObject } from '../../../api/codecs/strict-object.ts'
import { presentedToken } from '../../../api/http/cookies/session-token.ts'
import { defineRoute, type Guard } from '../../../api/http/route.ts'
import { buildServer, type ServerOptions } from '../../../api/http/server.ts'
import { callerAddress } from '../../../api/protection/address.ts'
import { createLogger } from '../../../infrastructure/observability/logger.ts'

export const origin = 'http://localhost:1984'

const transport = t.keyof({ cookie: null, bearer: null })

/** Stand-ins for the real routes: a login, a guarded call, a call without a body. */
const logIn = defineRoute({
  method: 'POST',
  url: '/api/1/login',
  tag: 'Log-in',
  summary: 'Logs in',
  body: strictObject({ email: text(1, 254), password: text(1, 1024) }, { transport }),
  responses: { 200: t.strict({ email: t.string, via: t.string }) },
  problems: ['INVALID_CREDENTIALS'],
  limit: 'password',
  cookie: 'by_transport',
})(({ body }) =>
  body.password === 'wrong'
    ? { problem: 'INVALID_CREDENTIALS' }
    : { status: 200, body: { email: body.email, via: body.transport ?? 'cookie' }, cookie: 'sample=1' },
)

const sessionGuard: Guard = Object.assign(
  ((request) => (presentedToken(request.headers).type === 'token' ? undefined : { problem: 'SESSION_REQUIRED' })) satisfies Guard,
  { problems: ['SESSION_REQUIRED' as const] },
)

const guarded = defineRoute({
  method: 'POST',
  url: '/api/1/guarded/:name',
  tag: 'Guards',
  summary: 'Needs a session',
  params: strictObject({ name: text(1, 20) }),
  query: strictObject({}, { limit: text(1, 3) }),
  body: strictObject({ note: t.string }),
  responses: { 200: t.strict({ name: t.string }) },
  guards: [sessionGuard],
})(async ({ params }) => ({ status: 200, body: { name: params.name } }))

const logOut = defineRoute({
  method: 'POST',
  url: '/api/1/logout',
  tag: 'Log-in',
  summary: 'Logs out',
  responses: { 204: null },
})(() => ({ status: 204 }))

const broken = defineRoute({
  method: 'GET',
  url: '/api/1/broken',
  tag: 'Guards',
  summary: 'Fails',
  responses: { 204: null },
})(() => {
  throw new Error('a secret in a message')
})

export const sampleRoutes = [logIn, guarded, logOut, broken]

export const sampleServer = (options: Partial<ServerOptions> = {}) =>
  buildServer({
    routes: sampleRoutes,
    origins: new Set([origin]),
    allowedOrigins: [],
    callerAddress: callerAddress([]),
    isBlocked: () => false,
    limits: { general: 0, password: 0 },
    logger: createLogger('silent'),
    ...options,
  })
