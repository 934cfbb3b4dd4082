import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GatebookServer, startGatebook } from '../../testing/start-gatebook.ts'
import { person } from '../support/server/client.ts'
import { overHttp } from '../support/server/over-http.ts'
import { problem } from '../support/server/problem.ts'
import { recordedLog } from '../support/server/recorded-log.ts'
import { cookieOf } from '../support/server/shapes.ts'

/** What the server sends for raw bytes on one connection, until it closes it or `enough` returns true. */
const exchange = async (baseUrl: string, octets: string, enough: (text: string) => boolean) => {
  const { hostname, port } = new URL(baseUrl)
  const socket = connect(Number(port), hostname)
    .setEncoding('utf8')
    .on('error', () => {})
  let text = ''
  socket.on('data', (part) => {
    text += part
    if (enough(text)) socket.destroy()
  })
  socket.write(octets)
  await once(socket, 'close')
  return text
}

const get = (path: string, token: string, method = 'GET') =>
  `${method} /api/1${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`
const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0

describe('over HTTP', () => {
  let server: GatebookServer
  let app: ReturnType<typeof overHttp>
  beforeAll(async () => {
    server = await startGatebook()
    app = overHttp(server.baseUrl)
    await app.register()
  })
  afterAll(async () => void (await server.stop()))

  test('the first administrator is made with the token of the harness, a person logs in and out', async () => {
    const root = await app.setUp(server.setupToken)
    expect((await app.get('/secure/admin', root.token)).status).toBe(200)
    const { token } = await app.logIn()
    expect((await app.get('/session', token)).body.email).toBe(person.email)
    expect((await app.post('/logout', undefined, token)).status).toBe(204)
    expect(await app.get('/session', token)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  })

  test('a browser on its own origin gets a cookie that works', async () => {
    const origin = server.baseUrl.replace('127.0.0.1', 'localhost')
    const answer = await app.send({ method: 'POST', path: '/login', body: person, origin })
    expect(answer.status).toBe(200)
    const { token } = cookieOf(answer)
    expect((await app.send({ method: 'GET', path: '/session', cookie: token })).status).toBe(200)
  })

  test('one connection carries many calls, also sent before the first is answered', async () => {
    const { token } = await app.logIn()
    const octets = `${get('/secure/user', token)}${get('/secure/elevated', token)}${get('/secure/user', 'nonsense')}`
    const text = await exchange(server.baseUrl, octets, (text) => count(text, /HTTP\/1\.1 /g) === 3 && text.includes('SESSION_REQUIRED'))
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 403', 'HTTP/1.1 401'])
  })

  test('HEAD is guarded as GET is, and has no body', async () => {
    const { token } = await app.logIn()
    const good = await app.send({ method: 'HEAD', path: '/secure/user', token })
    const bad = await app.send({ method: 'HEAD', path: '/secure/user', token: 'nonsense' })
    expect([good.status, good.text, bad.status, bad.text]).toEqual([200, '', 401, ''])
  })

  test('what is too large is refused and not read', async () => {
    const body = { ...person, password: 'x'.repeat(20_000), transport: 'bearer' }
    expect(await app.post('/login', body)).toMatchObject({ status: 413, body: problem('PAYLOAD_TOO_LARGE') })
    const head = await exchange(
      server.baseUrl,
      `GET /api/1/session HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
      () => false,
    )
    expect(head).toMatch(/^HTTP\/1\.1 431 /)
    expect(JSON.parse(head.slice(head.indexOf('\r\n\r\n')))).toEqual(problem('HEADERS_TOO_LARGE'))
  })
})

describe('asked to stop', () => {
  // The limit is below the keep-alive timeout: stopping does not wait for idle connections.
  test('a server finishes the log-in that is in flight, and what it acknowledges is on disk', async () => {
    const server = await startGatebook({ env: { ARGON2_MEMORY_KIB: '65536', ARGON2_TIME: '6' } })
    const app = overHttp(server.baseUrl)
    await app.register()
    const before = (await recordedLog(server.dataDir)).length
    const loggingIn = app.logIn()
    while ((await recordedLog(server.dataDir)).length === before) await new Promise((resolve) => setTimeout(resolve, 1))
    const stopping = server.stop()
    const { session } = await loggingIn
    expect(session.id).toEqual(expect.any(String))
    expect(await stopping).toEqual({ code: 0, signal: null })
    expect(existsSync(server.dataDir)).toBe(false)
  }, 30_000)

  test('a server that was started again on its directory knows everybody', async () => {
    const first = await startGatebook()
    const { token } = await overHttp(first.baseUrl).register()
    await first.kill()
    const second = await startGatebook({ dataDir: first.dataDir })
    expect((await overHttp(second.baseUrl).get('/session', token)).body.email).toBe(person.email)
    expect((await second.stop()).code).toBe(0)
    expect(existsSync(first.dataDir)).toBe(true)
    await first.stop()
    expect(existsSync(first.dataDir)).toBe(false)
  })
})

describe('the harness', () => {
  test('rejects with what the server wrote when it does not start', async () => {
    await expect(startGatebook({ env: { PORT: 'ninety' } })).rejects.toThrow(
      /ended \(2\) before it listened[\s\S]*PORT: expected a whole number/,
    )
  })

  test('hands nothing of its own environment on', async () => {
    process.env.REGISTRATION = 'closed'
    try {
      await using server = await startGatebook()
      expect((await overHttp(server.baseUrl).register()).token).toEqual(expect.any(String))
    } finally {
      delete process.env.REGISTRATION
    }
  })

  test('starts several side by side', async () => {
    const servers = await Promise.all([startGatebook(), startGatebook()])
    expect(new Set(servers.map(({ baseUrl }) => baseUrl)).size).toBe(2)
    expect(new Set(servers.map(({ dataDir }) => dataDir)).size).toBe(2)
    await Promise.all(servers.map(({ stop }) => stop()))
  })
})
