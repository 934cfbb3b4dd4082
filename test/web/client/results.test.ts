import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createClient } from '../../../web/client/index.ts'
import { person } from '../../support/server/client.ts'
import { suiteServer } from '../../support/server/suite-server.ts'
import { bearerOf } from './support.ts'

const unreachable = { ok: false, problem: { code: 'UNREACHABLE', status: 0, title: 'The service cannot be reached' } }

describe('the answer of a call', async () => {
  const { app } = await suiteServer()

  test('is a value, also for a refusal', async () => {
    const client = bearerOf(app)
    const registered = await client.call('POST /register', { body: person })
    expect(registered).toMatchObject({ ok: true, value: { status: 'authenticated' } })
    const refused = await client.call('POST /login', { body: { email: person.email, password: 'wrong' } })
    expect(refused).toMatchObject({ ok: false, problem: { code: 'INVALID_CREDENTIALS', status: 401, title: expect.any(String) } })
    const taken = await client.call('POST /register', { body: person })
    expect(taken).toMatchObject({ ok: false, problem: { code: 'EMAIL_TAKEN' } })
  })

  test('names what had the wrong shape, and not the value', async () => {
    const result = await bearerOf(app).call('POST /login', { body: { email: 'secret-address', password: 'x' } })
    expect(result).toMatchObject({ ok: false, problem: { code: 'VALIDATION_FAILED', errors: [{ path: 'email' }] } })
    expect(JSON.stringify(result)).not.toContain('secret-address')
  })

  test('carries the seconds to wait', async () => {
    const client = bearerOf(app)
    const body = { email: 'nobody@example.org', password: 'wrong' }
    const results = []
    for (let times = 0; times < 6; times += 1) results.push(await client.call('POST /login', { body }))
    expect(results.at(-1)).toMatchObject({ ok: false, problem: { code: 'LOCKED_OUT', retryAfter: expect.any(Number) } })
  })

  test('is undefined for 204', async () => {
    expect(await bearerOf(app).call('POST /logout')).toEqual({ ok: true, value: undefined })
  })

  test('is null for nobody’s session', async () => {
    expect(await bearerOf(app).call('GET /session', { query: { optional: '1' } })).toEqual({ ok: true, value: null })
  })

  test('of a parameter that would lead to another path is a refusal, and nothing is sent', async () => {
    const send = vi.fn(fetch)
    const client = bearerOf(app, send)
    for (const id of ['..', '.', '']) {
      const result = await client.call('DELETE /sessions/{id}', { params: { id } })
      expect(result).toMatchObject({ ok: false, problem: { code: 'VALIDATION_FAILED', errors: [{ path: 'id', expected: 'a name' }] } })
    }
    expect(send).not.toHaveBeenCalled()
  })

  test('of a parameter with any other character goes to its path', async () => {
    const urls: string[] = []
    const client = bearerOf(app, async (url, init) => {
      urls.push(url)
      return fetch(url, init)
    })
    await client.call('PUT /admin/accounts/{id}/roles/{role}', { params: { id: '../../x?y#z', role: 'a/b' } })
    await client.call('GET /audit', { query: { account: 'a&b=c', limit: '2' } } as never)
    expect(urls).toEqual([
      `${app.url}/api/1/admin/accounts/..%2F..%2Fx%3Fy%23z/roles/a%2Fb`,
      `${app.url}/api/1/audit?account=a%26b%3Dc&limit=2`,
    ])
  })

  test('goes to the prefix under which Gatebook is embedded', async () => {
    const urls: string[] = []
    const client = createClient({
      baseUrl: 'https://app.example.org/auth/',
      fetch: async (url) => {
        urls.push(url)
        return Response.json(null)
      },
    })
    await client.call('GET /settings')
    expect(urls).toEqual(['https://app.example.org/auth/api/1/settings'])
    expect(client.baseUrl).toBe('https://app.example.org/auth')
  })
})

describe('something other than Gatebook', () => {
  let respond: RequestListener
  let hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`)
    respond(request, response)
  })
  let baseUrl: string
  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => {
    hits = []
    vi.useRealTimers()
  })
  afterAll(() => server.close())

  const logIn = () => createClient({ baseUrl, transport: 'bearer' }).call('POST /login', { body: person })

  test.each<[string, RequestListener]>([
    ['a portal that says yes to everything', (_, response) => response.setHeader('content-type', 'text/html').end('<h1>Welcome</h1>')],
    ['an empty yes', (_, response) => response.end()],
    ['a proxy whose back end is away', (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad</h1>')],
    ['another API', (_, response) => response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"no"}')],
    ['broken JSON', (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":')],
    ['a connection that is cut', (request) => request.socket.destroy()],
  ])('is no answer: %s', async (_what, listener) => {
    respond = listener
    expect(await logIn()).toEqual(unreachable)
  })

  test.each([301, 302, 303, 307, 308])('does not get the password by a redirect (%i)', async (status) => {
    respond = (_, response) => response.writeHead(status, { location: '/elsewhere' }).end()
    expect(await logIn()).toEqual(unreachable)
    expect(hits).toEqual(['POST /api/1/login'])
  })

  test('is given up after half a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const asked = Promise.withResolvers<void>()
    const client = createClient({
      transport: 'bearer',
      fetch: (_url, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason))
          asked.resolve()
        }),
    })
    const result = client.call('POST /login', { body: person })
    await asked.promise
    vi.advanceTimersByTime(30_000)
    expect(await result).toEqual(unreachable)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is what a client without a place to call finds in Node', async () => {
    expect(await createClient().call('GET /settings')).toEqual(unreachable)
  })
})

describe('an answer that has begun', () => {
  afterEach(() => void vi.useRealTimers())

  /** Headers at once, and a body that a test completes, unless the client gives up before. */
  const slowBody = () => {
    const headers = Promise.withResolvers<void>()
    const body = Promise.withResolvers<unknown>()
    const client = createClient({
      transport: 'bearer',
      fetch: async (_url, { signal }) => {
        signal?.addEventListener('abort', () => body.reject(signal.reason))
        const response = Response.json(null)
        response.json = () => {
          headers.resolve()
          return body.promise
        }
        return response
      },
    })
    return { client, headers: headers.promise, complete: body.resolve }
  }

  test.each<['is read to its end' | 'is given up', number]>([
    ['is read to its end', 599_000],
    ['is given up', 600_000],
  ])('to a GET %s after %i ms', async (outcome, time) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { client, headers, complete } = slowBody()
    const result = client.call('GET /me/export')
    await headers
    vi.advanceTimersByTime(time)
    complete('everything')
    expect(await result).toEqual(outcome === 'is given up' ? unreachable : { ok: true, value: 'everything' })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('to a command is given up after half a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { client, headers } = slowBody()
    const result = client.call('POST /login', { body: person })
    await headers
    vi.advanceTimersByTime(30_000)
    expect(await result).toEqual(unreachable)
  })

  test('to a question, which others wait for, is given up after half a minute too', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { client, headers } = slowBody()
    const result = client.call('GET /session')
    await headers
    vi.advanceTimersByTime(30_000)
    expect(await result).toEqual(unreachable)
  })

  test('that is empty, from a proxy, ends a login without an exception', async () => {
    const client = createClient({
      baseUrl: 'http://gatebook.test',
      transport: 'bearer',
      fetch: async () => new Response(null, { status: 202 }),
    })
    expect(await client.call('POST /login', { body: person })).toEqual({ ok: true, value: undefined })
  })
})
