import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { aSession, aTime, cookieOf } from '../support/server/shapes.ts'
import { type InProcess, origin, startTestServer } from '../support/server/start-test-server.ts'

describe('the session', () => {
  let app: InProcess
  beforeAll(async () => {
    app = await startTestServer()
    await app.register()
  })
  afterAll(() => app.stop())

  const dead = { status: 401, body: problem('SESSION_REQUIRED') }

  describe('GET /session', () => {
    test('tells who is logged in, and until when', async () => {
      const { token, accountId, session } = await app.logIn({ email: 'ADA@example.org' })
      const answer = await app.get('/session', token)
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({ accountId, email: 'ada@example.org', emailVerified: false, roles: [], claims: {}, session })
      expect(answer.headers['cache-control']).toBe('no-store')
    })

    test('takes a cookie as well', async () => {
      const { token } = cookieOf(await app.send({ method: 'POST', path: '/login', body: person, origin }))
      expect((await app.send({ method: 'GET', path: '/session', cookie: token })).status).toBe(200)
    })

    test.each(['', 'x', 'A'.repeat(43), 'a b', '../../etc/passwd'])('refuses the token %j', async (token) => {
      expect(await app.get('/session', token)).toMatchObject(dead)
    })

    test('refuses two different tokens at once, and takes the same one twice', async () => {
      const [one, other] = [await app.logIn(), await app.logIn()]
      const both = (token: string, cookie: string) => app.send({ method: 'GET', path: '/session', token, cookie })
      expect(await both(one.token, other.token)).toMatchObject({ status: 400, body: problem('MALFORMED_REQUEST') })
      expect((await both(one.token, one.token)).status).toBe(200)
    })

    test('takes no refresh token for a token', async () => {
      const { refreshToken } = await app.logIn()
      expect(await app.get('/session', refreshToken)).toMatchObject(dead)
    })

    test('takes no query', async () => {
      const { token } = await app.logIn()
      expect(await app.get('/session?verbose=1', token)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
    })
  })

  describe('GET /session?optional=1', () => {
    const path = '/session?optional=1'
    const nobody = { status: 200, text: 'null', headers: { 'cache-control': 'no-store' } }

    test('is the same for whoever is logged in', async () => {
      const { token } = await app.logIn()
      expect((await app.get(path, token)).body).toEqual((await app.get('/session', token)).body)
    })

    test.each([undefined, 'x', 'A'.repeat(43), 'a b'])('is nobody for the token %j', async (token) => {
      expect(await app.get(path, token)).toMatchObject(nobody)
    })

    test('is nobody after a log-out, and after the session has expired', async () => {
      const [ended, expired] = [await app.logIn(), await app.logIn()]
      await app.post('/logout', undefined, ended.token)
      expect(await app.get(path, ended.token)).toMatchObject(nobody)
      app.advance(24 * 3_600_000)
      expect(await app.get(path, expired.token)).toMatchObject(nobody)
      expect(await app.get('/session', expired.token)).toMatchObject(dead)
    })

    test('refuses two different tokens at once', async () => {
      const [one, other] = [await app.logIn(), await app.logIn()]
      const answer = await app.send({ method: 'GET', path, token: one.token, cookie: other.token })
      expect(answer).toMatchObject({ status: 400, body: problem('MALFORMED_REQUEST') })
    })

    test.each(['optional=0', 'optional=', 'optional=true', 'optional=1&optional=1'])('is not asked for with ?%s', async (query) => {
      expect(await app.get(`/session?${query}`)).toMatchObject(dead)
      expect(await app.get(`/session?${query}`, (await app.logIn()).token)).toMatchObject({ status: 400 })
    })
  })

  describe('POST /session/refresh', () => {
    test('hands out new tokens, and the old token ends at once', async () => {
      const old = await app.logIn()
      const answer = await app.post('/session/refresh', { refreshToken: old.refreshToken })
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({
        token: expect.any(String),
        refreshToken: expect.any(String),
        session: { ...aSession, id: old.session.id },
      })
      expect(answer.body.token).not.toBe(old.token)
      expect(answer.body.refreshToken).not.toBe(old.refreshToken)
      expect(await app.get('/session', old.token)).toMatchObject(dead)
      expect((await app.get('/session', answer.body.token)).status).toBe(200)
    })

    test('of a token that was used before ends the whole session', async () => {
      const first = await app.logIn()
      const second = await app.post('/session/refresh', { refreshToken: first.refreshToken })
      const third = await app.post('/session/refresh', { refreshToken: second.body.refreshToken })
      expect(await app.post('/session/refresh', { refreshToken: first.refreshToken })).toMatchObject(dead)
      expect(await app.get('/session', third.body.token)).toMatchObject(dead)
      expect(await app.post('/session/refresh', { refreshToken: third.body.refreshToken })).toMatchObject(dead)
    })

    test('with one token thirty times at once gives thirty times the same successor', async () => {
      const { refreshToken } = await app.logIn()
      const answers = await Promise.all(Array.from({ length: 30 }, () => app.post('/session/refresh', { refreshToken })))
      expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200))
      expect(new Set(answers.map(({ body }) => `${body.token} ${body.refreshToken}`)).size).toBe(1)
      expect((await app.get('/session', answers[0]?.body.token)).status).toBe(200)
    })

    test('with one token again after ten seconds leaves no session', async () => {
      const { refreshToken } = await app.logIn()
      const { body } = await app.post('/session/refresh', { refreshToken })
      app.advance(10_000)
      expect(await app.post('/session/refresh', { refreshToken })).toMatchObject(dead)
      expect(await app.get('/session', body.token)).toMatchObject(dead)
    })

    test('with a token that is made up, for a session that there is, ends nothing', async () => {
      const { token, refreshToken } = await app.logIn()
      const [session = ''] = String(refreshToken).split('.')
      for (const counter of [0, 1, 2]) {
        expect(await app.post('/session/refresh', { refreshToken: `${session}.${counter}.${'A'.repeat(65)}` })).toMatchObject(dead)
      }
      expect((await app.get('/session', token)).status).toBe(200)
    })

    test('keeps nothing elevated', async () => {
      const { token, refreshToken } = await app.logIn()
      await app.elevated(token)
      const answer = await app.post('/session/refresh', { refreshToken })
      expect(answer.body.session.elevatedUntil).toBeNull()
      expect(await app.get('/secure/elevated', answer.body.token)).toMatchObject({ status: 403, body: problem('ELEVATION_REQUIRED') })
    })

    test.each(['x', '01890000-0000-7000-8000-000000000000.x', '.', `${'x'.repeat(36)}.${'y'.repeat(43)}`])(
      'refuses %j',
      async (refreshToken) => {
        expect(await app.post('/session/refresh', { refreshToken })).toMatchObject(dead)
      },
    )

    test('with the right id and a wrong secret ends nothing', async () => {
      const { token, session } = await app.logIn()
      expect(await app.post('/session/refresh', { refreshToken: `${session.id}.${'A'.repeat(43)}` })).toMatchObject(dead)
      expect((await app.get('/session', token)).status).toBe(200)
    })
  })

  describe('POST /session/elevate', () => {
    test('rotates the token: the old one ends at once', async () => {
      const { token, session } = await app.logIn()
      expect(await app.get('/secure/elevated', token)).toMatchObject({ status: 403, body: problem('ELEVATION_REQUIRED') })
      const answer = await app.post('/session/elevate', { password: person.password }, token)
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({ elevatedUntil: aTime, token: expect.any(String) })
      expect(await app.get('/session', token)).toMatchObject(dead)
      const after = await app.get('/session', answer.body.token)
      expect(after.body.session).toEqual({ ...session, elevatedUntil: answer.body.elevatedUntil })
      expect((await app.get('/secure/elevated', answer.body.token)).status).toBe(200)
    })

    test('keeps the refresh token', async () => {
      const { token, refreshToken } = await app.logIn()
      await app.elevated(token)
      expect((await app.post('/session/refresh', { refreshToken })).status).toBe(200)
    })

    test('by cookie hands the new token out as a cookie only', async () => {
      const { token } = cookieOf(await app.send({ method: 'POST', path: '/login', body: person, origin }))
      const answer = await app.send({
        method: 'POST',
        path: '/session/elevate',
        body: { password: person.password },
        cookie: token,
        origin,
      })
      expect(answer.body).toEqual({ elevatedUntil: aTime })
      const fresh = cookieOf(answer)
      expect(fresh.attributes.filter((attribute) => !attribute.startsWith('Max-Age'))).toEqual([
        'HttpOnly',
        'Path=/',
        'SameSite=Lax',
        'Secure',
      ])
      expect((await app.send({ method: 'GET', path: '/secure/elevated', cookie: fresh.token })).status).toBe(200)
      expect((await app.send({ method: 'GET', path: '/secure/user', cookie: token })).status).toBe(401)
    })

    test('with one token ten times at once elevates once', async () => {
      const { token } = await app.logIn()
      const answers = await Promise.all(Array.from({ length: 4 }, () => app.post('/session/elevate', { password: person.password }, token)))
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    })

    test('with a wrong password is counted against the session, which five of them end, and nothing else', async () => {
      await app.register({ email: 'elevating@example.org' })
      const { token } = await app.logIn({ email: 'elevating@example.org' })
      for (let n = 0; n < 5; n += 1) {
        const refused = await app.post('/session/elevate', { password: 'wrong' }, token)
        expect(refused).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
      }
      expect(await app.post('/session/elevate', { password: person.password }, token)).toMatchObject(dead)
      const elsewhere = await app.post('/login', { ...person, email: 'elevating@example.org', transport: 'bearer' })
      expect(elsewhere.status).toBe(200)
    })

    test('needs a session', async () => {
      expect(await app.post('/session/elevate', { password: person.password })).toMatchObject(dead)
    })

    test('ends after its time', async () => {
      const elevated = await app.elevated((await app.logIn()).token)
      app.advance(899_000)
      expect((await app.get('/secure/elevated', elevated)).status).toBe(200)
      app.advance(2_000)
      expect(await app.get('/secure/elevated', elevated)).toMatchObject({ status: 403, body: problem('ELEVATION_REQUIRED') })
      expect((await app.get('/secure/user', elevated)).status).toBe(200)
    })
  })
})
