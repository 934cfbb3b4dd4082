import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import Fastify from 'fastify'
import { openGatebook } from 'gatebook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isLocalOrigin } from '../../../api/protection/local-origin.ts'
import { body, openEmbedded, recordedLines } from './support.ts'

describe('an app that does not say its origin', () => {
  const app = Fastify({ requestTimeout: 10_000 })
  const { logger, texts } = recordedLines()
  let port: number
  let close = async () => {}
  let baseOf = () => ''
  beforeAll(async () => {
    const { gatebook, remove } = await openEmbedded({ logger })
    baseOf = () => String(gatebook.openApi().servers?.[0]?.url)
    expect(baseOf()).toBe('http://localhost')
    await app.register(gatebook.plugin)
    app.post('/pay', { onRequest: gatebook.guard.session }, () => ({ paid: true }))
    await app.listen({ port: 0, host: '127.0.0.1' })
    port = (app.server.address() as AddressInfo).port
    close = async () => {
      await app.close()
      remove()
    }
  })
  afterAll(() => close())

  const registerFrom = async (origin: string, host: string) => {
    const payload = { ...body(`a${origin.length}${host.length}${Math.random().toString(36).slice(2)}`), transport: 'cookie' }
    return (await app.inject({ method: 'POST', url: '/api/1/register', headers: { origin, host }, payload })).statusCode
  }

  test('lets in browsers of this machine at whatever port it listens on', async () => {
    for (const name of ['localhost', '127.0.0.1', '[::1]', '127.8.9.10'])
      expect(await registerFrom(`http://${name}:${port}`, `${name}:${port}`)).toBe(201)
    expect(await registerFrom('http://localhost', 'localhost')).toBe(201)
    expect(await registerFrom('http://localhost', 'localhost:80')).toBe(201)
  })

  test('knows by what it listens on where its links lead', () => expect(baseOf()).toBe(`http://localhost:${port}`))

  test.each([
    ['another port of this machine', 'http://localhost:5173', 'localhost:3000'],
    ['another name of this machine', 'http://127.0.0.1:3000', 'localhost:3000'],
    ['another scheme', 'https://localhost:3000', 'localhost:3000'],
    ['a name made to resolve to this machine', 'http://rebound.example:3000', 'rebound.example:3000'],
    ['a name that begins like one of this machine', 'http://localhost.evil.example', 'localhost.evil.example'],
    ['a network address', 'http://192.168.1.5:3000', '192.168.1.5:3000'],
    ['no page', 'null', 'localhost:3000'],
    ['a host with a user', 'http://localhost:3000', 'user@localhost:3000'],
    ['a port that is none', 'http://localhost:99999', 'localhost:99999'],
  ])('refuses %s', async (_, origin, host) => expect(await registerFrom(origin, host)).toBe(403))

  test('believes no forwarded host', async () => {
    const headers = {
      origin: 'http://localhost:9',
      host: 'app.example:3000',
      'x-forwarded-host': 'localhost:9',
      forwarded: 'host=localhost:9',
    }
    const answer = await app.inject({ method: 'POST', url: '/api/1/register', headers, payload: { ...body('fwd'), transport: 'cookie' } })
    expect(answer.statusCode).toBe(403)
  })

  test('says once that it knows no other origin', () =>
    expect(texts().filter((line) => line.startsWith('publicOrigin is not set'))).toHaveLength(1))

  test('guards forged requests to its own routes in the same way', async () => {
    const { token } = (await app.inject({ method: 'POST', url: '/api/1/register', payload: body('payer') })).json()
    const pay = async (headers: Record<string, string>) =>
      (await app.inject({ method: 'POST', url: '/pay', headers: { cookie: `__Host-gatebook=${token}`, ...headers } })).statusCode
    expect(await pay({ origin: 'http://localhost:3000', host: 'localhost:3000' })).toBe(200)
    expect(await pay({ origin: 'http://localhost:3001', host: 'localhost:3000' })).toBe(403)
    expect(await pay({ host: 'localhost:3000' })).toBe(403)
  })
})

test('whatever the host, only the same loopback address is the own origin', () => {
  const host = fc.oneof(
    fc.domain(),
    fc.ipV4(),
    fc.ipV6().map((ip) => `[${ip}]`),
    fc.string(),
    fc.constantFrom('localhost', '127.0.0.1'),
  )
  fc.assert(
    fc.property(host, host, fc.nat(65_535), (asked, from, port) => {
      const own = isLocalOrigin(`http://${from}:${port}`, { headers: { host: `${asked}:${port}` }, socket: {} })
      if (own) expect(asked).toMatch(/^(localhost|127\.[\d.]+|\[::1\])$/)
      if (own) expect(from).toBe(asked)
    }),
  )
})

test('production asks for the origin', async () => {
  const options = { dataDir: '/nonexistent/gatebook', nodeEnv: 'production' } as const
  await expect(openGatebook(options)).rejects.toThrow(/^publicOrigin: expected the origin under which browsers reach your app/)
  await expect(openGatebook({ ...options, publicOrigin: 'http://app.example.org' })).rejects.toThrow(
    /^publicOrigin: expected an https origin/,
  )
})

test('an origin that is named is the only one of its own', async () => {
  const { gatebook, remove } = await openEmbedded({ publicOrigin: 'https://app.example.org' })
  const app = Fastify({ requestTimeout: 10_000 })
  await app.register(gatebook.plugin)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const statusFrom = async (origin: string) =>
    (await app.inject({ method: 'POST', url: '/api/1/register', headers: { origin, host: 'localhost:3000' }, payload: body('x') }))
      .statusCode
  expect(await statusFrom('http://localhost:3000')).toBe(403)
  expect(await statusFrom('https://app.example.org')).toBe(201)
  expect(gatebook.openApi().servers).toEqual([{ url: 'https://app.example.org' }])
  await app.close()
  remove()
})
