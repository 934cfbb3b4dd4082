import { describe, expect, test } from 'vitest'
import { origin, sampleServer } from '../http/sample.ts'

const friend = 'https://app.example.org'
const stranger = 'https://evil.example'
const app = sampleServer({ origins: new Set([origin, friend]), allowedOrigins: [friend] })

const logIn = async (headers: Record<string, string>, body: object = {}) =>
  (await app.inject({ method: 'POST', url: '/api/1/login', headers, payload: { email: 'a', password: 'b', ...body } })).json().code ?? 'ok'

const logOut = async (headers: Record<string, string>) => (await app.inject({ method: 'POST', url: '/api/1/logout', headers })).statusCode

const cookie = '__Host-gatebook=abc'
const bearer = { transport: 'bearer' }

describe('a log-in that sets a cookie', () => {
  test.each([
    ['from the own origin', { origin }],
    ['from an allowed origin', { origin: friend }],
    ['that the browser calls same-origin', { 'sec-fetch-site': 'same-origin' }],
  ])('%s is let through', async (_what, headers) => expect(await logIn(headers)).toBe('ok'))

  test.each([
    ['from elsewhere', { origin: stranger }],
    ['from nowhere', {}],
    ['from null', { origin: 'null' }],
    ['from elsewhere, called same-origin', { origin: stranger, 'sec-fetch-site': 'same-origin' }],
    ['from the same site only', { 'sec-fetch-site': 'same-site' }],
    ['from an origin that begins alike', { origin: `${origin}.evil.example` }],
    ['from an origin in capitals', { origin: origin.toUpperCase() }],
  ])('%s is rejected', async (_what, headers) => expect(await logIn(headers)).toBe('ORIGIN_REJECTED'))
})

describe('a log-in for a bearer token', () => {
  test('needs no origin', async () => expect(await logIn({}, bearer)).toBe('ok'))
  test('with a foreign origin is rejected all the same', async () =>
    expect(await logIn({ origin: stranger }, bearer)).toBe('ORIGIN_REJECTED'))
  test('with our cookie and no origin is rejected', async () => expect(await logIn({ cookie }, bearer)).toBe('ORIGIN_REJECTED'))
})

describe('an unsafe call', () => {
  test('with the cookie and no origin is rejected', async () => expect(await logOut({ cookie })).toBe(403))
  test('with the cookie among others and no origin is rejected', async () => expect(await logOut({ cookie: `a=b; ${cookie}` })).toBe(403))
  test('with the cookie and the own origin is let through', async () => expect(await logOut({ cookie, origin })).toBe(204))
  test('with a cookie of somebody else needs no origin', async () => expect(await logOut({ cookie: 'theme=dark' })).toBe(204))
  test('with a bearer token needs no origin', async () => expect(await logOut({ authorization: 'Bearer abc' })).toBe(204))
})

test('the origin is looked at before the body is', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/1/login',
    headers: { origin: stranger, 'content-type': 'text/plain' },
    payload: '{',
  })
  expect(answer.statusCode).toBe(403)
})

describe('CORS', () => {
  const preflight = (from: string) =>
    app.inject({ method: 'OPTIONS', url: '/api/1/login', headers: { origin: from, 'access-control-request-method': 'POST' } })

  test('lets an allowed origin in, with credentials, and only for that one', async () => {
    const { headers } = await preflight(friend)
    expect([headers['access-control-allow-origin'], headers['access-control-allow-credentials'], headers.vary]).toEqual([
      friend,
      'true',
      'Origin',
    ])
  })

  test('reflects no other origin', async () => {
    expect((await preflight(stranger)).headers['access-control-allow-origin']).toBeUndefined()
    expect((await preflight('null')).headers['access-control-allow-origin']).toBeUndefined()
  })

  test('is on refusals too, so that the front end can read them', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/1/login', headers: { origin: friend }, payload: { email: 1 } })
    expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([400, friend])
  })
})
