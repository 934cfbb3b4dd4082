import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Fastify, { type FastifyInstance } from 'fastify'
import { openGatebook, sessionOf } from 'gatebook'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { guardHook } from '../../../api/guards/guard-hook.ts'
import { hostPlugin } from '../../../api/guards/host-plugin.ts'
import { createAccessTokenGuard } from '../../../composition/access-token-guard.ts'
import { createLogger } from '../../../infrastructure/observability/logger.ts'
import { audience, holder, issuer, minute, signer } from '../../infrastructure/access-tokens/support.ts'
import { succeed } from '../../infrastructure/sealing/support.ts'
import { later, noon } from '../../support/domain/time.ts'
import { person } from '../../support/server/client.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'

type Late = { readonly socket: Socket; readonly body: string; readonly answer: () => string }

/** Sends the head of a request and keeps its body back. */
const sendHead = async (port: number, method: string, path: string, token: string, body: string): Promise<Late> => {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('error', () => {})
  socket.on('data', (octets) => {
    answer += octets.toString()
  })
  const fields = ['Host: localhost', `Authorization: Bearer ${token}`, 'Content-Type: application/json', `Content-Length: ${body.length}`]
  socket.write(`${method} ${path} HTTP/1.1\r\n${fields.join('\r\n')}\r\nConnection: close\r\n\r\n`)
  await pause(50)
  expect(answer).toBe('')
  return { socket, body, answer: () => answer }
}

const sendBody = async ({ socket, body, answer }: Late) => {
  socket.write(body)
  await once(socket, 'close')
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer())?.[1])
}

describe('who is barred before the last octet of the body', () => {
  let server: InProcess
  let port: number
  beforeAll(async () => {
    server = await startTestServer({ env: { TOTP_ENABLED: 'true' } })
    port = (server.app.server.address() as AddressInfo).port
  })
  afterAll(() => server.stop())

  test('does nothing', async () => {
    const root = await server.setUp(setupToken)
    const rootToken = await server.elevated(root.token)
    const other = await server.register({ email: 'other@example.org' })
    const accomplice = await server.register({ email: 'accomplice@example.org' })
    expect((await server.put(`/admin/accounts/${other.accountId}/roles/admin`, undefined, rootToken)).status).toBe(204)
    const token = await server.elevated(other.token)

    const target = `/api/1/admin/accounts/${accomplice.accountId}`
    const late = [
      await sendHead(port, 'PUT', `${target}/claims/publisher`, token, '{"value":true}'),
      await sendHead(port, 'PUT', `${target}/roles/admin`, token, '{}'),
      await sendHead(port, 'DELETE', target, token, '{}'),
      await sendHead(port, 'POST', '/api/1/token', token, '{}'),
      await sendHead(port, 'POST', '/api/1/totp/enroll', token, '{}'),
    ]
    expect((await server.post(`/admin/accounts/${other.accountId}/disable`, undefined, rootToken)).status).toBe(204)
    expect(await Promise.all(late.map(sendBody))).toEqual([401, 401, 401, 401, 401])
    expect((await server.get('/session', accomplice.token)).body).toMatchObject({ roles: [], claims: {} })
  })

  test('is refused what was withdrawn meanwhile, and nothing else', async () => {
    const root = await server.logIn({ email: 'root@example.org' })
    const rootToken = await server.elevated(root.token)
    const somebody = await server.register({ email: 'somebody@example.org' })
    const role = `/admin/accounts/${somebody.accountId}/roles/admin`
    expect((await server.put(role, undefined, rootToken)).status).toBe(204)
    const token = await server.elevated(somebody.token)
    const target = `/api/1/admin/accounts/${somebody.accountId}/claims/publisher`
    const late = await sendHead(port, 'PUT', target, token, '{"value":true}')
    expect((await server.del(role, rootToken)).status).toBe(204)
    expect(await sendBody(late)).toBe(403)
    expect(
      await sendBody(await sendHead(port, 'POST', '/api/1/session/elevate', token, JSON.stringify({ password: person.password }))),
    ).toBe(200)
  })
})

/** No guard here attaches a session. */
const hookOf = guardHook({
  before: [],
  positions: undefined,
  view: () => {
    throw new Error('there is no session')
  },
})

/** The ways in which a host may put a guard before a route. */
const placements = [
  'onRequest',
  'onRequest in an array',
  'preParsing',
  'preValidation',
  'preHandler',
  'scope',
  'scope before the plugin',
  'before the plugin',
] as const

describe.each(placements)('a route of a host with the guard as %s', (placement) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-late-'))
  let app: FastifyInstance
  let port: number
  let token: string
  let paid = 0

  beforeEach(async () => {
    const environment = { DATA_DIR: dataDir, ARGON2_MEMORY_KIB: '8', ARGON2_TIME: '1', LOG_LEVEL: 'silent' }
    const gatebook = await openGatebook({ environment })
    app = Fastify({ requestTimeout: 30_000 })
    // Makes `reply.sent` false for a while after `reply.send`.
    app.addHook('onSend', async () => {
      await pause(20)
    })
    const guard = gatebook.guard.session
    const handler = (request: Parameters<typeof sessionOf>[0]) => {
      paid += 1
      return { of: sessionOf(request).accountId }
    }
    if (placement === 'before the plugin') app.post('/pay', { onRequest: guard }, handler)
    const scoped = (scope: FastifyInstance, _: unknown, done: () => void) => {
      scope.addHook('onRequest', guard)
      scope.post('/pay', handler)
      done()
    }
    if (placement === 'scope before the plugin') await app.register(scoped)
    await app.register(gatebook.plugin)
    if (placement === 'onRequest' || placement === 'preHandler' || placement === 'preValidation')
      app.post('/pay', { [placement]: guard }, handler)
    if (placement === 'onRequest in an array') app.post('/pay', { onRequest: [async () => {}, guard] }, handler)
    if (placement === 'preParsing') {
      app.post('/pay', { preParsing: (request, reply, _payload, done) => guard(request, reply, (error) => done(error ?? null)) }, handler)
    }
    if (placement === 'scope') await app.register(scoped)
    await app.listen({ port: 0, host: '127.0.0.1' })
    port = (app.server.address() as AddressInfo).port
    const who = { email: `${placement.replaceAll(' ', '-')}@example.org`, password: person.password, transport: 'bearer' }
    token = (await app.inject({ method: 'POST', url: '/api/1/register', payload: who })).json().token
    paid = 0
  })
  afterEach(async () => {
    await app.close()
    rmSync(dataDir, { recursive: true })
  })

  test('refuses a session that ended before the last octet', async () => {
    const late = await sendHead(port, 'POST', '/pay', token, '{"amount":1}')
    const answer = await app.inject({ method: 'POST', url: '/api/1/logout/everywhere', headers: { authorization: `Bearer ${token}` } })
    expect(answer.statusCode).toBe(204)
    expect(await sendBody(late)).toBe(401)
    expect(late.answer()).toContain('"code":"SESSION_REQUIRED"')
    expect(paid).toBe(0)
  })

  test('lets in a session that is still active, with and without a body', async () => {
    expect(await sendBody(await sendHead(port, 'POST', '/pay', token, '{"amount":1}'))).toBe(200)
    const headers = { authorization: `Bearer ${token}` }
    expect((await app.inject({ method: 'POST', url: '/pay', headers })).statusCode).toBe(200)
    expect((await app.inject({ method: 'POST', url: '/pay', headers, payload: { amount: 1 } })).statusCode).toBe(200)
    expect(paid).toBe(3)
  })
})

test('an access token that expires before the last octet does nothing', async () => {
  const { tokens } = signer()
  const clock = { at: noon as number }
  const jwks = () => succeed(tokens.jwks())
  const app = Fastify({ requestTimeout: 10_000 })
  let paid = 0
  app.post('/pay', { onRequest: createAccessTokenGuard({ issuer, audience, jwks, now: () => clock.at }) }, () => {
    paid += 1
    return { paid }
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const { accessToken } = await succeed(tokens.issue(holder))
  expect(await sendBody(await sendHead(port, 'POST', '/pay', accessToken, '{}'))).toBe(200)
  const late = await sendHead(port, 'POST', '/pay', accessToken, '{}')
  clock.at = later(5 * minute)
  expect(await sendBody(late)).toBe(401)
  expect(paid).toBe(1)
  await app.close()
})

describe('a guard that breaks when it is asked again', () => {
  test.each([true, false])('lets nobody in (with the plugin: %s)', async (hasPlugin) => {
    let asked = 0
    let handled = 0
    const breaking = () => {
      asked += 1
      if (asked > 1) throw new Error('a fault')
      return undefined
    }
    const app = Fastify({ requestTimeout: 10_000 })
    if (hasPlugin) await app.register(hostPlugin({ mount: () => {}, close: async () => {}, logger: createLogger('silent') }))
    app.post('/pay', { onRequest: hookOf([breaking]) }, () => {
      handled += 1
      return {}
    })
    const answer = await app.inject({ method: 'POST', url: '/pay', payload: { amount: 1 } })
    expect([answer.statusCode, answer.json().code, handled]).toEqual([500, 'INTERNAL', 0])
    await app.close()
  })

  test('is not asked again for a request without a body', async () => {
    let asked = 0
    const counting = () => {
      asked += 1
      return undefined
    }
    const app = Fastify({ requestTimeout: 10_000 })
    await app.register(hostPlugin({ mount: () => {}, close: async () => {}, logger: createLogger('silent') }))
    app.get('/orders', { onRequest: hookOf([counting]) }, () => ({}))
    for (const method of ['GET', 'HEAD'] as const) expect((await app.inject({ method, url: '/orders' })).statusCode).toBe(200)
    expect(asked).toBe(2)
    await app.close()
  })
})

describe('an app that holds the plugin', () => {
  const warningsWith = async (requestTimeout: number) => {
    const lines: string[] = []
    const app = Fastify({ requestTimeout })
    const logger = createLogger('warn', { write: (line) => void lines.push(line) })
    await app.register(hostPlugin({ mount: () => {}, close: async () => {}, logger }))
    await app.close()
    return lines.filter((line) => line.includes('requestTimeout'))
  }

  test('is told once to set a request timeout', async () => {
    expect(await warningsWith(0)).toHaveLength(1)
    expect(await warningsWith(10_000)).toEqual([])
  })
})
