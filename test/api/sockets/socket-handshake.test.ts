import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import websocket from '@fastify/websocket'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openGatebook } from '../../../index.ts'
import { aDataDir, until } from '../../infrastructure/cluster/node-on.ts'
import { person } from '../../support/server/client.ts'
import { overHttp } from '../../support/server/over-http.ts'
import { problem } from '../../support/server/problem.ts'
import { type InProcess, origin, startTestServer } from '../../support/server/start-test-server.ts'
import { openSocket } from '../../support/sockets/socket-client.ts'

type Refusal = { readonly response: { readonly statusCode: number; readonly headers: Record<string, string> }; readonly text: string }

const refusalOf = async (opening: ReturnType<typeof openSocket>): Promise<Refusal> => {
  try {
    await opening
  } catch (error) {
    return error as Refusal
  }
  throw new Error('it was not refused')
}

describe('the handshake of a socket', () => {
  let app: InProcess
  let ada: { accountId: string; token: string }
  beforeAll(async () => {
    app = await startTestServer({ env: { ALLOWED_ORIGINS: 'https://front.example.org', TRUSTED_PROXIES: '127.0.0.1' } })
    ada = await app.register()
  })
  afterAll(() => app.stop())

  test.each([[origin], ['https://front.example.org'], [undefined]])('may come from %s', async (from) => {
    const socket = await openSocket(app.url, from === undefined ? {} : { origin: from })
    await socket.authenticate(ada.accountId, ada.token)
    await socket.close()
  })

  test.each([['https://evil.example.org'], ['null'], ['http://localhost:1985'], ['https://front.example.org.evil.example']])(
    'of %s is refused with 403, whatever cookie it has',
    async (from) => {
      const refused = await refusalOf(openSocket(app.url, { origin: from, headers: { cookie: `__Host-gatebook=${ada.token}` } }))
      expect(refused.response.statusCode).toBe(403)
      expect(JSON.parse(refused.text)).toEqual(problem('ORIGIN_REJECTED'))
    },
  )

  test('does not authenticate by a cookie', async () => {
    const socket = await openSocket(app.url, { origin, headers: { cookie: `__Host-gatebook=${ada.token}` } })
    expect((await socket.closed).code).toBe(4008)
    expect(socket.received).toEqual([])
  })

  test('takes nothing but a token in its address', async () => {
    for (const query of ['?x=1', '?token=a&token=b', '?token=a&x=1'])
      expect((await refusalOf(openSocket(app.url, { query }))).response.statusCode).toBe(400)
  })

  test('is what the address is for: a plain request is answered with 426', async () => {
    expect(await app.get('/ws')).toMatchObject({ status: 426, body: problem('UPGRADE_REQUIRED'), headers: { upgrade: 'websocket' } })
  })

  test('is asked for in vain elsewhere: the answer is that of a plain request', async () => {
    const headers = {
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    }
    const status = await new Promise((done, fail) => {
      const asked = ask(`${app.url}/health/live`, { headers }, (response) => done(response.statusCode))
      asked
        .on('upgrade', () => done(101))
        .on('error', fail)
        .end()
    })
    expect(status).toBe(200)
  })

  test('has 16 places for an account, 256 for a network, and they are free again', async () => {
    const from = { headers: { 'x-forwarded-for': '198.51.100.7' } }
    const own = await Promise.all(Array.from({ length: 16 }, () => openSocket(app.url, from)))
    for (const socket of own) await socket.authenticate(ada.accountId, ada.token)
    const seventeenth = await openSocket(app.url, from)
    seventeenth.send({ case: 'authenticate', value: { userId: ada.accountId, sessionToken: ada.token } })
    expect((await seventeenth.closed).code).toBe(1013)
    const others = await Promise.all(Array.from({ length: 240 }, () => openSocket(app.url, from)))
    const refused = await refusalOf(openSocket(app.url, from))
    expect([refused.response.statusCode, JSON.parse(refused.text)]).toEqual([429, problem('RATE_LIMITED', { retryAfter: 10 })])
    await Promise.all([...own, ...others].map(({ close }) => close()))
    await until(async () => (await app.get('/metrics')).text.includes('gatebook_sockets 0'))
    const again = await openSocket(app.url, from)
    await again.authenticate(ada.accountId, ada.token)
    await again.close()
  })

  test('counts against the limit of its address', async () => {
    const limited = await startTestServer({ env: { RATE_PER_MINUTE: '5' } })
    const sockets = await Promise.all(Array.from({ length: 5 }, () => openSocket(limited.url)))
    expect((await refusalOf(openSocket(limited.url))).response.statusCode).toBe(429)
    for (const { socket } of sockets) socket.terminate()
    await limited.stop()
  })
})

describe('a graceful stop', () => {
  test('closes sockets with 1001, whether they are authenticated or not', async () => {
    const app = await startTestServer()
    const { accountId, token } = await app.register()
    const sockets = await Promise.all([1, 2].map(() => openSocket(app.url)))
    await sockets[0]?.authenticate(accountId, token)
    await app.stop()
    expect(await Promise.all(sockets.map(async ({ closed }) => (await closed).code))).toEqual([1001, 1001])
  })
})

describe('a socket of an app that embeds Gatebook', () => {
  const open = async () => {
    const { dataDir, remove } = aDataDir()
    const gatebook = await openGatebook({ dataDir, logLevel: 'silent', argon2MemoryKib: 8, argon2Time: 1 })
    return { gatebook, remove }
  }

  // The plugin of the app closes its sockets first, without a code.
  test.each([
    ['without a plugin for sockets', 1001],
    ['with a plugin for sockets around it', 1005],
    ['with a plugin for sockets beside it', 1001],
  ])('opens under a prefix, %s', async (place, code) => {
    const { gatebook, remove } = await open()
    const host = Fastify({ requestTimeout: 10_000 })
    if (place.includes('around')) await host.register(websocket)
    await host.register(gatebook.plugin, { prefix: '/auth' })
    if (place.startsWith('with ')) {
      await host.register((scope, _, done) => {
        if (place.includes('beside')) scope.register(websocket)
        scope.after(() => scope.get('/echo', { websocket: true }, (socket) => socket.send('from the app')))
        done()
      })
    }
    const url = await host.listen({ host: '127.0.0.1', port: 0 })
    const { accountId, token } = await overHttp(`${url}/auth`).register(person)
    const socket = await openSocket(`${url}/auth`)
    await socket.authenticate(accountId, token)
    if (place.startsWith('with ')) {
      const own = new WebSocket(`${url.replace('http', 'ws')}/echo`)
      expect(String(await new Promise((done) => own.once('message', done)))).toBe('from the app')
      own.terminate()
    }
    await host.close()
    expect((await socket.closed).code).toBe(code)
    remove()
  })

  test('opens on a server of node:http, beside what else listens there', async () => {
    const { dataDir, remove } = aDataDir()
    const gatebook = await openGatebook({ dataDir, prefix: '/auth', logLevel: 'silent', argon2MemoryKib: 8, argon2Time: 1 })
    const server = createServer(gatebook.toNodeHandler())
    server.on('upgrade', gatebook.toUpgradeHandler())
    server.on('upgrade', (request, socket) => request.url === '/echo' && socket.end('HTTP/1.1 418 I am a teapot\r\n\r\n'))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { accountId, token } = await overHttp(`${url}/auth`).register(person)
    const socket = await openSocket(`${url}/auth`)
    await socket.authenticate(accountId, token)
    const refused = await refusalOf(openSocket(`${url}/auth`, { origin: 'https://evil.example.org' }))
    expect(refused.response.statusCode).toBe(403)
    const other = new WebSocket(`${url.replace('http', 'ws')}/echo`)
    expect(String(await new Promise((done) => other.once('error', done)))).toContain('418')
    await gatebook.close()
    expect((await socket.closed).code).toBe(1001)
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    remove()
  })
})
