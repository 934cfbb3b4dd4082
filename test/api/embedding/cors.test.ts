import cors from '@fastify/cors'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { body, openEmbedded, recordedLines } from './support.ts'

const spa = 'https://spa.example.org'
const stranger = 'https://evil.example'

const ofHost = {
  origin: [spa],
  credentials: true,
  methods: ['GET', 'POST', 'PUT', 'DELETE'],
  exposedHeaders: ['x-total', 'retry-after', 'x-request-id'],
}

/** The ways in which an app may have both. */
const orders = ['before', 'after', 'before, under a prefix', 'after, under a prefix'] as const

describe.each(orders)('an app with @fastify/cors (%s) and a front end on another origin', (order) => {
  const app = Fastify({ requestTimeout: 10_000 })
  const prefix = order.endsWith('prefix') ? '/auth' : ''
  let token: string
  const { logger, texts } = recordedLines()
  let close = async () => {}
  beforeAll(async () => {
    const { gatebook, remove } = await openEmbedded({ allowedOrigins: [spa], prefix, logger })
    if (order.startsWith('before')) await app.register(cors, ofHost)
    await app.register(gatebook.plugin)
    if (order.startsWith('after')) await app.register(cors, ofHost)
    app.get('/orders', { onRequest: gatebook.guard.session }, () => [])
    await app.ready()
    expect(texts()).toEqual([])
    close = async () => {
      await app.close()
      remove()
    }
    token = (await app.inject({ method: 'POST', url: `${prefix}/api/1/register`, payload: body('ada') })).json().token
  })
  afterAll(() => close())

  const preflight = (url: string, method: string, origin: string) => {
    const asked = { 'access-control-request-method': method, 'access-control-request-headers': 'authorization,content-type' }
    return app.inject({ method: 'OPTIONS', url, headers: { origin, ...asked } })
  }

  test.each([
    ['POST', '/api/1/login'],
    ['DELETE', '/api/1/sessions/some'],
    ['PUT', '/api/1/me/consents/news'],
  ])('a preflight of %s %s is answered once', async (method, path) => {
    const { statusCode, headers } = await preflight(prefix + path, method, spa)
    expect([statusCode, headers['access-control-allow-origin'], headers['access-control-allow-credentials']]).toEqual([204, spa, 'true'])
    expect(String(headers['access-control-allow-methods'])).toContain(method)
    expect(String(headers['access-control-allow-headers']).toLowerCase()).toContain('authorization')
    const refused = await preflight(prefix + path, method, stranger)
    expect(refused.headers['access-control-allow-origin']).not.toBe(stranger)
  })

  test('answers and refusals can be read, with the headers that matter', async () => {
    const headers = { origin: spa, authorization: `Bearer ${token}` }
    const answers = await Promise.all([
      app.inject({ url: `${prefix}/api/1/session`, headers }),
      app.inject({ url: `${prefix}/api/1/session`, headers: { origin: spa } }),
    ])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 401])
    for (const answer of answers) {
      expect(answer.headers['access-control-allow-origin']).toBe(spa)
      expect(answer.headers['access-control-allow-credentials']).toBe('true')
      expect(answer.headers['access-control-expose-headers']).toBe('x-total, retry-after, x-request-id')
      expect(answer.headers.vary).toBe('Origin')
    }
  })

  test('another origin is refused, and can read nothing', async () => {
    const answer = await app.inject({ url: `${prefix}/api/1/session`, headers: { origin: stranger, authorization: `Bearer ${token}` } })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'ORIGIN_REJECTED'])
    expect(answer.headers['access-control-allow-origin']).not.toBe(stranger)
  })

  test('routes of the app’s own have what the app says', async () => {
    const answer = await app.inject({ url: '/orders', headers: { origin: spa, authorization: `Bearer ${token}` } })
    expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([200, spa])
    expect((await preflight('/orders', 'GET', spa)).statusCode).toBe(204)
  })
})

test('an app without it gets no CORS from Gatebook, and is told once what is missing', async () => {
  const { logger, texts } = recordedLines()
  const { gatebook, remove } = await openEmbedded({ allowedOrigins: [spa], logger })
  const app = Fastify({ requestTimeout: 10_000 })
  await app.register(gatebook.plugin)
  const asked = { origin: spa, 'access-control-request-method': 'POST' }
  const preflight = await app.inject({ method: 'OPTIONS', url: '/api/1/login', headers: asked })
  expect([preflight.statusCode, preflight.headers['access-control-allow-origin'], preflight.headers.vary]).toEqual([
    404,
    undefined,
    undefined,
  ])
  expect(texts().filter((line) => line.includes('@fastify/cors'))).toHaveLength(1)
  await app.close()
  remove()
})
