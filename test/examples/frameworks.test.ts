import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type { GatebookOptions } from 'gatebook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildExpressApp } from '../../examples/express.ts'
import { buildRoutes } from '../../examples/fetch.ts'
import { buildHonoApp } from '../../examples/hono.ts'
import { buildNodeServer } from '../../examples/node-http.ts'
import { cheap, password } from '../library/support.ts'

const origin = 'http://localhost:1984'

const byExample = {
  'node:http': buildNodeServer,
  Express: async (options: GatebookOptions) => {
    const { app, gatebook } = await buildExpressApp(options)
    return { server: createServer(app), gatebook }
  },
  Hono: buildHonoApp,
  /** As Next does: by method, and with a context that nobody asked for. */
  'route handlers': async (options: GatebookOptions) => {
    const { books, gatebook, ...routes } = await buildRoutes(options)
    const fetch = (request: Request) => {
      if (new URL(request.url).pathname === '/books') return books(request)
      const route: (request: Request, context: object) => Promise<Response> = routes[request.method as keyof typeof routes]
      return route(request, { params: Promise.resolve({}) })
    }
    return { server: createAdaptorServer({ fetch }), gatebook }
  },
}

describe.each(Object.entries(byExample))('the example with %s', (name, build) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-frameworks-'))
  let running: Awaited<ReturnType<typeof build>>
  let url: string
  let cookie: string
  let accountId: string

  const call = async (method: string, path: string, headers: Record<string, string> = {}, body?: object) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await fetch(url + path, { method, headers: { ...type, ...headers }, ...sent })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) }
  }

  beforeAll(async () => {
    running = await build({ ...cheap, dataDir, publicOrigin: origin })
    await new Promise<void>((done) => running.server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(running.server.address() as AddressInfo).port}`
    const registered = await call('POST', '/api/1/register', { origin }, { email: 'ada@example.org', password })
    expect(registered.status).toBe(201)
    accountId = registered.body.accountId
    cookie = registered.headers.getSetCookie()[0]?.split('; ')[0] ?? ''
  })
  afterAll(async () => {
    const server = running.server as Server
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await running.gatebook.close()
    rmSync(dataDir, { recursive: true })
  })

  test('serves the calls, with their headers', async () => {
    const session = await call('GET', '/api/1/session', { cookie })
    expect(session).toMatchObject({ status: 200, body: { accountId, email: 'ada@example.org' } })
    expect(session.headers.get('cache-control')).toBe('no-store')
    expect(session.headers.get('x-content-type-options')).toBe('nosniff')
    const nobody = await call('GET', '/api/1/session')
    expect(nobody).toMatchObject({ status: 401, body: { code: 'SESSION_REQUIRED' } })
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('refuses forged calls', async () => {
    expect(await call('POST', '/api/1/logout', { cookie, origin: 'https://evil.example' })).toMatchObject({ status: 403 })
    expect(await call('POST', '/api/1/logout', { cookie })).toMatchObject({ status: 403, body: { code: 'ORIGIN_REJECTED' } })
  })

  test('requires a session and a role on routes of its own', async () => {
    const method = name === 'Express' ? 'POST' : 'GET'
    const ask = (headers: Record<string, string> = {}) => call(method, '/books', { origin, ...headers }, method === 'POST' ? {} : undefined)
    expect(await ask()).toMatchObject({ status: 401, body: { code: 'SESSION_REQUIRED' } })
    expect(await ask({ cookie })).toMatchObject({ status: 403, body: { code: 'ROLE_REQUIRED' } })
    await running.gatebook.roles.grant(accountId, 'bookkeeper')
    expect(await ask({ cookie })).toMatchObject({ status: 200 })
    expect(await ask({ cookie, origin: 'https://evil.example' })).toMatchObject({ status: 403, body: { code: 'ORIGIN_REJECTED' } })
    await running.gatebook.roles.withdraw(accountId, 'bookkeeper')
    expect(await ask({ cookie })).toMatchObject({ status: 403, body: { code: 'ROLE_REQUIRED' } })
  })

  test('ends the session at once', async () => {
    expect(await call('POST', '/api/1/logout', { cookie, origin })).toMatchObject({ status: 204, body: null })
    expect(await call('GET', '/api/1/session', { cookie })).toMatchObject({ status: 401 })
  })
})

test('the Express example reads bodies of its own routes, and asks for elevation', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-express-'))
  const { app, gatebook } = await buildExpressApp({ ...cheap, dataDir, publicOrigin: origin })
  const server = createServer(app)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { account } = await gatebook.accounts.create({ email: 'ada@example.org', password, roles: ['bookkeeper'] })
  const { token } = await gatebook.sessions.create({ accountId: account.id })
  const post = async (path: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(url + path, { method: 'POST', headers, body: '{"amount":7}' })
    return [answer.status, await answer.json()]
  }
  expect(await post('/books')).toEqual([200, { booked: { amount: 7 } }])
  expect(await post('/payout')).toEqual([403, { code: 'ELEVATION_REQUIRED' }])
  expect(await (await fetch(`${url}/`)).json()).toEqual({ open: 'to everyone' })
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await gatebook.close()
  rmSync(dataDir, { recursive: true })
})
