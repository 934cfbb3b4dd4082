import { once } from 'node:events'
import { connect } from 'node:net'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openGatebook } from '../../../index.ts'
import { aDataDir, until } from '../../infrastructure/cluster/node-on.ts'
import { person } from '../../support/server/client.ts'
import { type LiveReader, readLive } from '../../support/server/live-reader.ts'
import { overHttp } from '../../support/server/over-http.ts'
import { problem } from '../../support/server/problem.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'

const live = '/audit/me/live'

const request = (token: string, method = 'GET', version = '1.1') =>
  `${method} /api/1${live} HTTP/${version}\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`

const socketTo = (url: string) => {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname).setEncoding('utf8')
  const received = { text: '' }
  socket.on('data', (part) => {
    received.text += part
  })
  return { socket, received }
}

describe('connections of live streams', () => {
  let app: InProcess
  let token: string
  beforeAll(async () => {
    app = await startTestServer()
    token = (await app.register()).token
  })
  afterAll(() => app.stop())

  const open = () => readLive(app.url, live, { token })
  const openStreams = async () => Number(/^gatebook_live_streams (\d+)$/m.exec((await app.get('/metrics')).text)?.[1])
  const noneIsLeft = () => until(async () => (await openStreams()) === 0, 'an end of all streams')

  test('are eight for an account, and a place is free again when one is gone', async () => {
    const readers: LiveReader[] = []
    for (let n = 0; n < 8; n++) readers.push(await open())
    expect(readers.map(({ response }) => response.status)).toEqual(Array(8).fill(200))
    expect(await openStreams()).toBe(8)
    const refused = await app.get(live, token)
    expect(refused).toMatchObject({ status: 429, body: problem('RATE_LIMITED', { retryAfter: 10 }) })
    expect(refused.headers['retry-after']).toBe('10')
    await readers[0]?.abort()
    await until(async () => (await openStreams()) === 7)
    const again = await open()
    expect(again.response.status).toBe(200)
    await Promise.all([...readers, again].map(({ abort }) => abort()))
    await noneIsLeft()
  })

  test('leave nothing behind, also those that ask again before the first response is over', async () => {
    const { socket, received } = socketTo(app.url)
    socket.write(request(token).repeat(5))
    await until(async () => (await openStreams()) === 5)
    await until(() => received.text.includes('retry: 2000'))
    socket.destroy()
    await noneIsLeft()
    expect(received.text.match(/HTTP\/1\.1 200/g)).toHaveLength(1)
  })

  test('are not opened by HEAD', async () => {
    expect(await app.send({ method: 'HEAD', path: live, token })).toMatchObject({ status: 200, text: '' })
    expect(await openStreams()).toBe(0)
  })

  test('of HTTP/1.0 end with their sessions', async () => {
    const guest = await app.register({ email: 'guest@example.org' })
    const { socket, received } = socketTo(app.url)
    socket.write(request(guest.token, 'GET', '1.0'))
    await until(() => received.text.includes('retry: 2000'))
    expect(received.text).toMatch(/^HTTP\/1\.1 200 /)
    expect(received.text).not.toContain('transfer-encoding')
    await app.post('/logout', undefined, guest.token)
    await once(socket, 'close')
    expect(received.text).toContain('event: end\ndata: {"code":"SESSION_REQUIRED"}\n\n')
    await noneIsLeft()
  })

  test('may carry the header from other origins', async () => {
    const other = await startTestServer({ env: { ALLOWED_ORIGINS: 'https://front.example.org' } })
    const headers = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'last-event-id' }
    const answer = await other.send({ method: 'OPTIONS', path: live, origin: 'https://front.example.org', headers })
    expect(String(answer.headers['access-control-allow-headers'])).toContain('last-event-id')
    await other.stop()
  })
})

describe('a graceful stop', () => {
  test('ends live streams at once', async () => {
    const app = await startTestServer()
    const { token } = await app.register()
    const readers = await Promise.all([1, 2, 3].map(() => readLive(app.url, live, { token })))
    for (const reader of readers) await reader.until(() => reader.lastId() !== '')
    await app.stop()
    for (const { closed } of readers) expect(await closed()).toEqual([])
  })

  test('of a host app ends them too', async () => {
    const { dataDir, remove } = aDataDir()
    const gatebook = await openGatebook({ dataDir, logLevel: 'silent', argon2MemoryKib: 8, argon2Time: 1 })
    const host = Fastify({ requestTimeout: 10_000 })
    await host.register(gatebook.plugin)
    const url = await host.listen({ host: '127.0.0.1', port: 0 })
    const { token } = await overHttp(url).register(person)
    const reader = await readLive(url, live, { token })
    await reader.until(() => reader.lastId() !== '')
    await host.close()
    expect(await reader.closed()).toEqual([])
    remove()
  })
})
