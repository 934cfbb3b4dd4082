import { request as askNode } from 'node:http'
import { connect } from 'node:net'
import express from 'express'
import { expect, test } from 'vitest'
import { readLive } from '../../support/server/live-reader.ts'
import { password } from '../support.ts'
import { listenWith, openBare, setupToken } from './support.ts'

const codeOf = async (answer: Response) => ((await answer.json()) as { readonly code: string }).code

test('what is not Gatebook’s goes to next with its body, or is a 404 of its own', async () => {
  const host = await openBare()
  const handle = host.gatebook.toNodeHandler()
  const alone = await listenWith(handle)
  const beside = await listenWith((request, response) =>
    handle(request, response, async () => {
      let body = ''
      for await (const chunk of request) body += chunk
      response.end(`${request.method} ${request.url} ${body}`)
    }),
  )
  for (const path of [
    '/',
    '/api/1',
    '/api/10/session',
    '/api/2/session',
    '/%61pi/1/session',
    '//api/1/session',
    '/logo',
    '/api/1%2fsession',
  ]) {
    const answer = await fetch(alone.url + path)
    expect([path, answer.status === 404 || answer.status === 401]).toEqual([path, true])
    expect(await (await fetch(beside.url + path, { method: 'PUT', body: 'mine' })).text()).toBe(`PUT ${path} mine`)
  }
  expect(await (await fetch(`${beside.url}/other`, { method: 'OPTIONS' })).text()).toBe('OPTIONS /other ')
  for (const path of ['/api/1/nowhere', '/api/1/session/', '/api/1/%2e%2e%2fx']) {
    const answer = await fetch(beside.url + path)
    expect([path, answer.status, await codeOf(answer)]).toEqual([path, 404, 'NOT_FOUND'])
  }
  await alone.stop()
  await beside.stop()
  await host.close()
})

test('an Express app may mount it below a path', async () => {
  const host = await openBare()
  const app = express()
  app.use('/auth', host.gatebook.toNodeHandler())
  const { url, stop } = await listenWith(app)
  expect((await fetch(`${url}/auth/api/1/settings`)).status).toBe(200)
  expect((await fetch(`${url}/api/1/settings`)).status).toBe(404)
  await stop()
  await host.close()
})

test('a body that a parser has read already is a fault that is answered, not a request that hangs', async () => {
  const host = await openBare()
  const app = express()
  app.use(express.json())
  app.use(host.gatebook.toNodeHandler())
  const { url, stop } = await listenWith(app)
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/1/login`, { method: 'POST', headers, body: '{"email":"a@example.org"}' })
  expect([answer.status, await codeOf(answer)]).toEqual([500, 'INTERNAL'])
  expect((await fetch(`${url}/api/1/logout`, { method: 'POST' })).status).toBe(204)
  expect((await fetch(`${url}/api/1/settings`)).status).toBe(200)
  await stop()
  await host.close()
})

test('live streams are served, end with their session, and give their place back when the reader goes', async () => {
  const host = await openBare()
  const { url, stop } = await listenWith(host.gatebook.toNodeHandler())
  const { account } = await host.gatebook.accounts.create({ email: 'ada@example.org', password })
  const { token, session } = await host.gatebook.sessions.create({ accountId: account.id })
  for (let n = 0; n < 20; n++) {
    const reader = await readLive(url, '/audit/me/live', { token })
    expect(reader.response.status).toBe(200)
    await reader.abort()
    await new Promise((done) => setTimeout(done, 20))
  }
  const reader = await readLive(url, '/audit/me/live', { token })
  await host.gatebook.sessions.create({ accountId: account.id })
  await reader.until(() => reader.entries().length > 0)
  await host.gatebook.sessions.revoke(session.id)
  expect((await reader.closed()).at(-1)).toMatchObject({ event: 'end', data: { code: 'SESSION_REQUIRED' } })
  await stop()
  await host.close()
})

test('callers are told apart by their address, and a proxy is believed only if it is trusted', async () => {
  const host = await openBare({ ratePerMinute: 10, trustedProxies: ['127.0.0.1'] })
  const { url, stop } = await listenWith(host.gatebook.toNodeHandler())
  const from = async (address: string) =>
    (await fetch(`${url}/api/1/settings`, { headers: { 'x-forwarded-for': `198.51.100.1, ${address}` } })).status
  for (let n = 0; n < 10; n++) expect(await from('192.0.2.1')).toBe(200)
  expect(await from('192.0.2.1')).toBe(429)
  expect(await from('192.0.2.2')).toBe(200)
  await stop()
  await host.close()
})

test('after close everything is refused with 503', async () => {
  const host = await openBare()
  const { url, stop } = await listenWith(host.gatebook.toNodeHandler())
  expect((await fetch(`${url}/api/1/settings`)).status).toBe(200)
  await host.gatebook.close()
  const answer = await fetch(`${url}/api/1/session`, { headers: { authorization: 'Bearer x' } })
  expect([answer.status, await codeOf(answer), answer.headers.get('retry-after')]).toEqual([503, 'STORE_UNAVAILABLE', '1'])
  await stop()
})

test('connections that are cut in the middle of a body do no harm', async () => {
  const host = await openBare()
  const { url, port, stop } = await listenWith(host.gatebook.toNodeHandler())
  await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const socket = connect(port, '127.0.0.1')
      await new Promise((done) => socket.once('connect', done))
      socket.on('error', () => {})
      socket.write(
        `POST /api/1/setup HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"setupToken":"${'x'.repeat(n)}`,
      )
      await new Promise((done) => setTimeout(done, n))
      socket.destroy()
    }),
  )
  const setUp = { setupToken, email: 'root@example.org', password, transport: 'bearer' }
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(`${url}/api/1/setup`, { method: 'POST', headers, body: JSON.stringify(setUp) })).status).toBe(201)
  await stop()
  await host.close()
})

test('who is barred while the body is on its way does nothing', async () => {
  const host = await openBare()
  const { port, stop } = await listenWith(host.gatebook.toNodeHandler())
  const { account } = await host.gatebook.accounts.create({ email: 'ada@example.org', password })
  const { token, session } = await host.gatebook.sessions.create({ accountId: account.id })
  const answer = await new Promise<number | undefined>((done) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': '2' }
    const asked = askNode({ port, host: '127.0.0.1', method: 'POST', path: '/api/1/logout/everywhere', headers }, (response) => {
      response.resume()
      done(response.statusCode)
    })
    asked.write('{')
    setTimeout(async () => {
      await host.gatebook.sessions.revoke(session.id)
      asked.end('}')
    }, 100)
  })
  expect(answer).toBe(401)
  await stop()
  await host.close()
})

test('a prefix stands before every path', async () => {
  const host = await openBare({ prefix: '/auth' })
  const handle = host.gatebook.toNodeHandler()
  const { url, stop } = await listenWith((request, response) => handle(request, response, () => response.end(`mine: ${request.url}`)))
  expect((await fetch(`${url}/auth/api/1/settings`)).status).toBe(200)
  expect((await fetch(`${url}/auth/.well-known/jwks.json`)).status).toBe(200)
  expect(await codeOf(await fetch(`${url}/auth/api/1/nowhere`))).toBe('NOT_FOUND')
  for (const path of ['/api/1/settings', '/authapi/1/settings', '/auth', '/auth/other', '/.well-known/jwks.json'])
    expect(await (await fetch(url + path)).text()).toBe(`mine: ${path}`)
  const fetched = host.gatebook.toFetchHandler()
  expect((await fetched(new Request('http://localhost/auth/api/1/settings'))).status).toBe(200)
  expect((await fetched(new Request('http://localhost/api/1/settings'))).status).toBe(404)
  await stop()
  await host.close()
})
