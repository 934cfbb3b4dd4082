import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { password } from '../support.ts'
import { listenWith, openBare } from './support.ts'

type Asked = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string | undefined }
type Shown = { readonly status: number; readonly headers: Record<string, string>; readonly cookies: string[]; readonly body: string }

const origin = 'http://localhost:1984'
const json = { 'content-type': 'application/json' }
const login = (body: string, headers: Record<string, string> = {}): [string, Asked] => [
  '/api/1/login',
  { method: 'POST', body, headers: { ...json, ...headers } },
]

/** Of the connection, not of the answer. A body without a length is chunked or not, as the server likes. */
const ofConnection = ['connection', 'date', 'keep-alive', 'transfer-encoding']

const shownOf = async (answer: Response): Promise<Shown> => ({
  status: answer.status,
  headers: Object.fromEntries([...answer.headers].filter(([name]) => !ofConnection.includes(name))),
  cookies: answer.headers.getSetCookie(),
  body: await answer.text(),
})

const ask = async (url: string, [path, { method = 'GET', headers = {}, body }]: [string, Asked]) =>
  shownOf(await fetch(url + path, { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) }))

describe('a call through a handler is answered as one through the Fastify plugin', () => {
  const stops: (() => Promise<unknown>)[] = []
  let token: string
  const byWay: Record<string, (call: [string, Asked]) => Promise<Shown>> = {}

  beforeAll(async () => {
    const host = await openBare({ allowedOrigins: ['https://spa.example.org'] })
    const { gatebook } = host
    const app = Fastify({ requestTimeout: 10_000 })
    await app.register(gatebook.plugin)
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const node = await listenWith(gatebook.toNodeHandler())
    const handle = gatebook.toFetchHandler({ address: () => '127.0.0.1' })
    stops.push(node.stop, () => app.close(), host.close)
    const { account } = await gatebook.accounts.create({ email: 'ada@example.org', password })
    token = (await gatebook.sessions.create({ accountId: account.id })).token
    Object.assign(byWay, {
      plugin: (call: [string, Asked]) => ask(url, call),
      node: (call: [string, Asked]) => ask(node.url, call),
      fetch: async ([path, { method = 'GET', headers = {}, body }]: [string, Asked]) =>
        shownOf(await handle(new Request(origin + path, { method, headers, ...(body === undefined ? {} : { body }) }))),
    })
  })
  afterAll(async () => {
    for (const stop of stops) await stop()
  })

  const calls: [string, [string, Asked]][] = [
    ['no session', ['/api/1/session', {}]],
    ['an optional session', ['/api/1/session?optional=1', {}]],
    ['two tokens', ['/api/1/session', { headers: { authorization: 'Bearer x', cookie: '__Host-gatebook=y' } }]],
    ['settings', ['/api/1/settings', {}]],
    ['HEAD', ['/api/1/settings', { method: 'HEAD' }]],
    ['an unknown query', ['/api/1/session?x=1', { headers: { authorization: 'Bearer TOKEN' } }]],
    [
      'ids given back',
      ['/api/1/settings', { headers: { 'x-request-id': 'abc-1', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } }],
    ],
    ['a foreign origin', login('{}', { origin: 'https://evil.example' })],
    ['an allowed origin', login('{}', { origin: 'https://spa.example.org' })],
    ['keys twice', login('{"email":"a@example.org","email":"b@example.org","password":"x"}')],
    ['no JSON', login('{')],
    ['an empty body', login('')],
    ['another type', login('{}', { 'content-type': 'text/plain' })],
    ['an encoding', login('{}', { 'content-encoding': 'gzip' })],
    ['a body that is too large', login(`"${'x'.repeat(20_000)}"`)],
    ['a wrong password', login('{"email":"ada@example.org","password":"wrong but long enough","transport":"bearer"}')],
    ['no origin where a cookie is asked for', login(`{"email":"ada@example.org","password":"${password}"}`)],
    ['the keys of access tokens', ['/.well-known/jwks.json', {}]],
  ]
  test.each(calls)('%s', async (_, [path, asked]) => {
    const headers = Object.fromEntries(Object.entries(asked.headers ?? {}).map(([name, value]) => [name, value.replace('TOKEN', token)]))
    const call: [string, Asked] = [path, { ...asked, headers }]
    const expected = await byWay.plugin?.(call)
    expect(expected?.status).toBeGreaterThan(0)
    expect(await byWay.node?.(call)).toEqual(expected)
    expect(await byWay.fetch?.(call)).toEqual(expected)
  })

  /** Fastify itself answers a host app about these: a handler does as the server does. */
  test.each([
    ['a query twice', '/api/1/session?optional=1&optional=1', 'VALIDATION_FAILED'],
    ['a query that is no UTF-8', '/api/1/session?optional=%ff', 'VALIDATION_FAILED'],
    ['a path that cannot be decoded', '/api/1/%zz', 'MALFORMED_REQUEST'],
    ['a path that leads nowhere', '/api/1/nowhere', 'NOT_FOUND'],
  ])('%s is answered with a problem', async (_, path, code) => {
    const call: [string, Asked] = [path, { headers: { authorization: `Bearer ${token}` } }]
    const answer = await byWay.node?.(call)
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ code })
    expect(answer?.body).not.toContain('nowhere')
    expect(await byWay.fetch?.(call)).toEqual(answer)
  })

  test('a login by cookie sets the same cookies', async () => {
    const call = login(`{"email":"ada@example.org","password":"${password}"}`, { origin })
    const cookies = async (way: string) => {
      const answer = await byWay[way]?.(call)
      return answer?.cookies.map((cookie) => cookie.replace(/=[^;]+/, '=…'))
    }
    const expected = await cookies('plugin')
    expect(expected).toHaveLength(2)
    expect(await cookies('node')).toEqual(expected)
    expect(await cookies('fetch')).toEqual(expected)
  })
})
