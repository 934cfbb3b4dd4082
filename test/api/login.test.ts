import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { aSession, cookieOf } from '../support/server/shapes.ts'
import { type InProcess, origin, startTestServer } from '../support/server/start-test-server.ts'

const minute = 60_000

describe('POST /login', () => {
  let app: InProcess
  let accountId: string
  beforeAll(async () => {
    app = await startTestServer()
    accountId = (await app.register()).accountId
  })
  afterAll(() => app.stop())

  const wrong = (email: string) => app.post('/login', { email, password: 'not the password', transport: 'bearer' })
  const lockOut = async (email: string) => {
    for (let n = 0; n < 5; n += 1) expect((await wrong(email)).body).toEqual(problem('INVALID_CREDENTIALS'))
  }

  test('with the right password grants a session', async () => {
    const answer = await app.post('/login', { ...person, transport: 'bearer' })
    expect(answer.status).toBe(200)
    const tokens = { token: expect.any(String), refreshToken: expect.any(String) }
    expect(answer.body).toEqual({ status: 'authenticated', accountId, session: aSession, ...tokens })
  })

  test('by cookie sets a cookie and has no token in the body', async () => {
    const answer = await app.send({ method: 'POST', path: '/login', body: person, origin })
    expect(answer.body).toEqual({ status: 'authenticated', accountId, session: aSession })
    const { token, attributes } = cookieOf(answer)
    expect(attributes).toEqual(['HttpOnly', expect.stringMatching(/^Max-Age=2(592000|591999)$/), 'Path=/', 'SameSite=Lax', 'Secure'])
    expect(answer.text).not.toContain(token)
  })

  test('by cookie needs an origin, its own or one that is vouched for', async () => {
    const call = { method: 'POST', path: '/login', body: person } as const
    expect(await app.send(call)).toMatchObject({ status: 403, body: problem('ORIGIN_REJECTED') })
    expect((await app.send({ ...call, origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await app.send({ ...call, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
    expect((await app.send({ ...call, headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200)
  })

  test('by bearer needs none, but one that is sent must be allowed', async () => {
    const call = { method: 'POST', path: '/login', body: { ...person, transport: 'bearer' } } as const
    expect((await app.send({ ...call, origin })).status).toBe(200)
    expect(await app.send({ ...call, origin: 'null' })).toMatchObject({ status: 403, body: problem('ORIGIN_REJECTED') })
  })

  test('takes the address in any case and composition', async () => {
    expect((await app.post('/login', { ...person, email: 'ADA@Example.org', transport: 'bearer' })).status).toBe(200)
  })

  test('answers a wrong password and an unknown name alike', async () => {
    const known = await wrong(person.email)
    const unknown = await wrong('nobody@example.org')
    expect(known.status).toBe(401)
    expect(known.body).toEqual(problem('INVALID_CREDENTIALS'))
    expect(unknown.text).toBe(known.text)
  })

  test('locks after five failures, for a known name and an unknown one', async () => {
    await app.register({ email: 'locked@example.org' })
    for (const email of ['locked@example.org', 'nobody-locked@example.org']) {
      await lockOut(email)
      const refused = await wrong(email)
      expect(refused.status).toBe(429)
      const retryAfter = refused.body.retryAfter
      expect(refused.body).toEqual(problem('LOCKED_OUT', { retryAfter }))
      expect(refused.headers['retry-after']).toBe(String(retryAfter))
      expect(retryAfter).toBeGreaterThan(0)
      expect(retryAfter).toBeLessThanOrEqual(60)
    }
    const right = await app.post('/login', { ...person, email: 'locked@example.org', transport: 'bearer' })
    expect(right).toMatchObject({ status: 429, body: { code: 'LOCKED_OUT' } })
  })

  test('lets in again when the lock has ended, and the next lock is twice as long', async () => {
    const email = 'twice@example.org'
    await app.register({ email })
    await lockOut(email)
    app.advance(minute + 1000)
    await lockOut(email)
    const again = await wrong(email)
    expect(again.status).toBe(429)
    expect(again.body.retryAfter).toBeGreaterThan(60)
    app.advance(2 * minute + 1000)
    expect((await app.post('/login', { email, password: person.password, transport: 'bearer' })).status).toBe(200)
  })

  test('forgets failures at a success', async () => {
    const email = 'forgiven@example.org'
    await app.register({ email })
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 4; n += 1) expect((await wrong(email)).status).toBe(401)
      await app.logIn({ email })
    }
  })

  test('counts the letters of an address once, whatever their case', async () => {
    await app.register({ email: 'case@example.org' })
    for (const email of ['case@example.org', 'CASE@example.org', 'Case@example.org', 'cAse@example.org', 'caSe@example.org'])
      await wrong(email)
    expect((await wrong('casE@example.org')).status).toBe(429)
  })

  test.each([
    ['a missing password', { email: 'ada@example.org' }],
    ['a password that is no text', { email: 'ada@example.org', password: ['a long enough passphrase'] }],
    ['an address that is no text', { email: null, password: 'x' }],
    ['an unknown transport', { email: 'ada@example.org', password: 'x', transport: 'pigeon' }],
    ['a list', []],
    ['a text', 'ada'],
    ['null', null],
  ])('refuses %s', async (_, body) => {
    const refused = await app.send({ method: 'POST', path: '/login', raw: JSON.stringify(body) })
    expect(refused).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
  })

  test.each(['{', '{"email":"a@b","email":"a@b","password":"x"}', '{"__proto__":{},"email":"a@b","password":"x"}', '"\\ud800"'])(
    'cannot read %s',
    async (raw) => {
      expect(await app.send({ method: 'POST', path: '/login', raw })).toMatchObject({ status: 400, body: problem('MALFORMED_REQUEST') })
    },
  )

  test('takes JSON only', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', 'application/jsonx']) {
      const call = { method: 'POST', path: '/login', raw: JSON.stringify(person), headers: { 'content-type': type } } as const
      expect(await app.send(call)).toMatchObject({ status: 415, body: problem('UNSUPPORTED_MEDIA_TYPE') })
    }
  })
})

describe('a full queue in front of the hash', () => {
  test('answers 503 with a time to come again, and counts nothing against anybody', async () => {
    const app = await startTestServer({ env: { HASH_QUEUE_LIMIT: '1', ARGON2_MEMORY_KIB: '4096', LOGIN_MAX_ATTEMPTS: '1000' } })
    try {
      await app.register()
      const before = app.counted.verified
      const calls = Array.from({ length: 40 }, () => app.post('/login', { ...person, password: 'wrong', transport: 'bearer' }))
      const answers = await Promise.all(calls)
      const busy = answers.filter(({ status }) => status === 503)
      expect(busy.length).toBeGreaterThan(0)
      expect(busy[0]?.body).toEqual(problem('OVERLOADED', { retryAfter: busy[0]?.body.retryAfter }))
      expect(busy[0]?.headers['retry-after']).toBe(String(busy[0]?.body.retryAfter))
      const checked = answers.length - busy.length
      expect(app.counted.verified - before).toBe(checked)
      const all = await app.gatebook.store.readAll(0, 10_000)()
      const attempted = 'right' in all ? all.right.filter(({ type }) => type === 'LoginAttempted').length : -1
      expect(attempted).toBe(checked)
    } finally {
      await app.stop()
    }
  })
})

describe('limits by address', () => {
  test('bound the calls with a password, and say when to come again', async () => {
    const app = await startTestServer({ env: { LOGIN_RATE_PER_MINUTE: '3' } })
    const guess = (address: string) =>
      app.send({
        method: 'POST',
        path: '/login',
        body: { email: `${address}@example.org`, password: 'wrong', transport: 'bearer' },
        address,
      })
    try {
      for (let n = 0; n < 3; n += 1) expect((await guess('192.0.2.1')).status).toBe(401)
      const limited = await guess('192.0.2.1')
      expect(limited.status).toBe(429)
      expect(limited.body).toEqual(problem('RATE_LIMITED', { retryAfter: limited.body.retryAfter }))
      expect(limited.headers['retry-after']).toBe(String(limited.body.retryAfter))
      expect((await guess('192.0.2.2')).status).toBe(401)
    } finally {
      await app.stop()
    }
  })
})
