import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { optionalSessionOf, sessionOf } from 'gatebook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, openApp, password, refusal } from './support.ts'

const email = 'ada@example.org'

describe('the session of a request', () => {
  let host: Awaited<ReturnType<typeof openApp>>
  let token: string
  let accountId: string
  beforeAll(async () => {
    host = await openApp()
    const { app, gatebook } = host
    app.get('/open', { onRequest: gatebook.guard.optional }, (request) => ({ of: optionalSessionOf(request)?.accountId ?? null }))
    const endSession = async (request: FastifyRequest) => {
      await gatebook.sessions.revoke((await gatebook.session(request))?.id ?? '')
    }
    app.post('/open', { onRequest: gatebook.guard.optional, preValidation: endSession }, (request) => ({
      of: optionalSessionOf(request)?.accountId ?? null,
    }))
    app.get('/either', { onRequest: gatebook.guard.anyRole('admin', 'bookkeeper') }, (request) => ({ of: sessionOf(request).accountId }))
    app.get('/mine', (request) => gatebook.session(request))
    const setUp = { setupToken: gatebook.setupToken, email: 'root@example.org', password, transport: 'bearer' }
    await host.post('/setup', setUp)
    const registered = (await host.post('/register', { email, password, transport: 'bearer' })).json()
    token = registered.token
    accountId = registered.accountId
  })
  afterAll(() => host.close())

  test('is plain JSON with dates', async () => {
    const session = await host.gatebook.session(bearer(token))
    expect(session).toEqual({
      id: expect.any(String),
      accountId,
      email,
      emailVerified: false,
      roles: [],
      claims: {},
      factors: ['pwd'],
      elevatedUntil: null,
      grantedAt: expect.any(Date),
      idleExpiresAt: expect.any(Date),
      expiresAt: expect.any(Date),
    })
    expect(session && session.expiresAt > session.idleExpiresAt).toBe(true)
    expect(JSON.parse(JSON.stringify(session))).toMatchObject({ accountId, roles: [], expiresAt: session?.expiresAt.toISOString() })
  })

  test('is found in a cookie, in a Fastify request, in a Node request and in a fetch Request', async () => {
    const cookie = `other=1; __Host-gatebook=${token}`
    expect(await host.gatebook.session(new Headers({ cookie }))).toMatchObject({ accountId })
    expect(await host.gatebook.session(new Request('http://localhost/', { headers: bearer(token) }))).toMatchObject({ accountId })
    expect((await host.app.inject({ url: '/mine', headers: { cookie } })).json()).toMatchObject({ accountId })
    const server = createServer(async (request, response) => response.end(JSON.stringify(await host.gatebook.session(request))))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { headers: bearer(token) })
    expect(await answer.json()).toMatchObject({ accountId })
    await new Promise((done) => server.close(done))
  })

  test('is null for nobody, and for a token that nobody has', async () => {
    expect(await host.gatebook.session(new Headers())).toBeNull()
    expect(await host.gatebook.session(bearer('A'.repeat(43)))).toBeNull()
    expect(await host.gatebook.session({ headers: { get: 'x', cookie: '__Host-gatebook=x' } })).toBeNull()
  })

  test('of two different tokens is refused', async () => {
    const both = new Headers({ cookie: `__Host-gatebook=${token}`, authorization: 'Bearer other' })
    expect(await refusal(host.gatebook.session(both))).toEqual({ code: 'MALFORMED_REQUEST', status: 400 })
  })

  test.each([[undefined], [null], ['Bearer x'], [{}], [{ headers: undefined }], [{ authorization: 'Bearer x' }]])(
    'of %j is a programming error',
    async (from) => {
      await expect(host.gatebook.session(from as never)).rejects.toThrow(TypeError)
    },
  )

  test('costs no budget: a thousand are answered where the limit is one', async () => {
    const strict = await openApp({ ratePerMinute: 5 })
    const { token } = (await strict.post('/register', { email, password, transport: 'bearer' })).json()
    for (let n = 0; n < 1_000; n++) expect(await strict.gatebook.session(bearer(token))).not.toBeNull()
    await strict.close()
  })

  test('ends at once', async () => {
    const other = await host.logIn(email)
    expect(await host.gatebook.session(bearer(other))).toMatchObject({ accountId })
    await host.post('/logout', undefined, other)
    expect(await host.gatebook.session(bearer(other))).toBeNull()
  })

  test('is optional, or asks for one of several roles', async () => {
    const get = (url: string, headers: Record<string, string> = {}) => host.app.inject({ url, headers })
    const own = { authorization: `Bearer ${token}` }
    expect((await get('/open')).json()).toEqual({ of: null })
    expect((await get('/open', { authorization: `Bearer ${'A'.repeat(43)}` })).json()).toEqual({ of: null })
    expect((await get('/open', own)).json()).toEqual({ of: accountId })
    expect((await get('/either')).json().code).toBe('SESSION_REQUIRED')
    expect((await get('/either', own)).json().code).toBe('ROLE_REQUIRED')
    const admin = await host.logIn('root@example.org')
    expect((await get('/either', { authorization: `Bearer ${admin}` })).statusCode).toBe(200)
    expect(await host.gatebook.session(bearer(admin))).toMatchObject({ roles: ['admin'] })
  })

  test('is gone for the handler if it ended while the body was on its way', async () => {
    const headers = { authorization: `Bearer ${await host.logIn(email)}` }
    expect((await host.app.inject({ method: 'POST', url: '/open', headers, payload: {} })).json()).toEqual({ of: null })
  })

  test('is used: it stays alive', async () => {
    const idle = await openApp({ sessionIdleSeconds: 24 })
    const { token, session } = (await idle.post('/register', { email, password, transport: 'bearer' })).json()
    const idleExpiresAt = async () => (await idle.gatebook.session(bearer(token)))?.idleExpiresAt.getTime() ?? Number.NaN
    while ((await idleExpiresAt()) <= Date.parse(session.idleExpiresAt)) await new Promise((done) => setTimeout(done, 50))
    await idle.close()
  })
})
