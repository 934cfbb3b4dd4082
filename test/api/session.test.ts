import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { type InProcess, inProcess, origin } from '../support/server/in-process.ts'
import { problem } from '../support/server/problem.ts'
import { aSession, aTime, cookieOf } from '../support/server/shapes.ts'

describe('the session', () => {
  let house: InProcess
  beforeAll(async () => {
    house = await inProcess()
    await house.register()
  })
  afterAll(() => house.stop())

  const dead = { status: 401, body: problem('SESSION_REQUIRED') }

  describe('GET /session', () => {
    test('tells who is logged in, and until when', async () => {
      const { token, accountId, session } = await house.logIn({ email: 'ADA@example.org' })
      const answer = await house.get('/session', token)
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({ accountId, email: 'ada@example.org', roles: [], claims: {}, session })
      expect(answer.headers['cache-control']).toBe('no-store')
    })

    test('takes a cookie as well', async () => {
      const { token } = cookieOf(await house.send({ method: 'POST', path: '/login', body: person, origin }))
      expect((await house.send({ method: 'GET', path: '/session', cookie: token })).status).toBe(200)
    })

    test.each(['', 'x', 'A'.repeat(43), 'a b', '../../etc/passwd'])('refuses the token %j', async (token) => {
      expect(await house.get('/session', token)).toMatchObject(dead)
    })

    test('refuses two different tokens at once, and takes the same one twice', async () => {
      const [one, other] = [await house.logIn(), await house.logIn()]
      const both = (token: string, cookie: string) => house.send({ method: 'GET', path: '/session', token, cookie })
      expect(await both(one.token, other.token)).toMatchObject({ status: 400, body: problem('MALFORMED_REQUEST') })
      expect((await both(one.token, one.token)).status).toBe(200)
    })

    test('takes no refresh token for a token', async () => {
      const { refreshToken } = await house.logIn()
      expect(await house.get('/session', refreshToken)).toMatchObject(dead)
    })

    test('takes no query', async () => {
      const { token } = await house.logIn()
      expect(await house.get('/session?verbose=1', token)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
    })
  })

  describe('POST /session/refresh', () => {
    test('hands out new tokens, and the old token ends at once', async () => {
      const old = await house.logIn()
      const answer = await house.post('/session/refresh', { refreshToken: old.refreshToken })
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({
        token: expect.any(String),
        refreshToken: expect.any(String),
        session: { ...aSession, id: old.session.id },
      })
      expect(answer.body.token).not.toBe(old.token)
      expect(answer.body.refreshToken).not.toBe(old.refreshToken)
      expect(await house.get('/session', old.token)).toMatchObject(dead)
      expect((await house.get('/session', answer.body.token)).status).toBe(200)
    })

    test('of a token that was used before ends the whole session', async () => {
      const first = await house.logIn()
      const second = await house.post('/session/refresh', { refreshToken: first.refreshToken })
      const third = await house.post('/session/refresh', { refreshToken: second.body.refreshToken })
      expect(await house.post('/session/refresh', { refreshToken: first.refreshToken })).toMatchObject(dead)
      expect(await house.get('/session', third.body.token)).toMatchObject(dead)
      expect(await house.post('/session/refresh', { refreshToken: third.body.refreshToken })).toMatchObject(dead)
    })

    test('with one token thirty times at once leaves no session', async () => {
      const { refreshToken } = await house.logIn()
      const answers = await Promise.all(Array.from({ length: 30 }, () => house.post('/session/refresh', { refreshToken })))
      const winners = answers.filter(({ status }) => status === 200)
      expect(winners).toHaveLength(1)
      expect(await house.get('/session', winners[0]?.body.token)).toMatchObject(dead)
    })

    test('keeps nothing elevated', async () => {
      const { token, refreshToken } = await house.logIn()
      await house.elevated(token)
      const answer = await house.post('/session/refresh', { refreshToken })
      expect(answer.body.session.elevatedUntil).toBeNull()
      expect(await house.get('/secure/elevated', answer.body.token)).toMatchObject({ status: 403, body: problem('ELEVATION_REQUIRED') })
    })

    test.each(['x', '01890000-0000-7000-8000-000000000000.x', '.', `${'x'.repeat(36)}.${'y'.repeat(43)}`])(
      'refuses %j',
      async (refreshToken) => {
        expect(await house.post('/session/refresh', { refreshToken })).toMatchObject(dead)
      },
    )

    test('with the right id and a wrong secret ends nothing', async () => {
      const { token, session } = await house.logIn()
      expect(await house.post('/session/refresh', { refreshToken: `${session.id}.${'A'.repeat(43)}` })).toMatchObject(dead)
      expect((await house.get('/session', token)).status).toBe(200)
    })
  })

  describe('POST /session/elevate', () => {
    test('rotates the token: the old one ends at once', async () => {
      const { token, session } = await house.logIn()
      expect(await house.get('/secure/elevated', token)).toMatchObject({ status: 403, body: problem('ELEVATION_REQUIRED') })
      const answer = await house.post('/session/elevate', { password: person.password }, token)
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({ elevatedUntil: aTime, token: expect.any(String) })
      expect(await house.get('/session', token)).toMatchObject(dead)
      const after = await house.get('/session', answer.body.token)
      expect(after.body.session).toEqual({ ...session, elevatedUntil: answer.body.elevatedUntil })
      expect((await house.get('/secure/elevated', answer.body.token)).status).toBe(200)
    })

    test('keeps the refresh token', async () => {
      const { token, refreshToken } = await house.logIn()
      await house.elevated(token)
      expect((await house.post('/session/refresh', { refreshToken })).status).toBe(200)
    })

    test('by cookie hands the new token out as a cookie only', async () => {
      const { token } = cookieOf(await house.send({ method: 'POST', path: '/login', body: person, origin }))
      const answer = await house.send({
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
      expect((await house.send({ method: 'GET', path: '/secure/elevated', cookie: fresh.token })).status).toBe(200)
      expect((await house.send({ method: 'GET', path: '/secure/user', cookie: token })).status).toBe(401)
    })

    test('with one token ten times at once elevates once', async () => {
      const { token } = await house.logIn()
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => house.post('/session/elevate', { password: person.password }, token)),
      )
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    })

    test('with a wrong password is counted like a log-in', async () => {
      await house.register({ email: 'elevating@example.org' })
      const { token } = await house.logIn({ email: 'elevating@example.org' })
      for (let n = 0; n < 5; n += 1) {
        const refused = await house.post('/session/elevate', { password: 'wrong' }, token)
        expect(refused).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
      }
      expect(await house.post('/session/elevate', { password: person.password }, token)).toMatchObject({
        status: 429,
        body: { code: 'LOCKED_OUT' },
      })
      const elsewhere = await house.post('/login', { ...person, email: 'elevating@example.org', transport: 'bearer' })
      expect(elsewhere.status).toBe(429)
    })

    test('needs a session', async () => {
      expect(await house.post('/session/elevate', { password: person.password })).toMatchObject(dead)
    })

    test('ends after its time', async () => {
      const elevated = await house.elevated((await house.logIn()).token)
      house.advance(899_000)
      expect((await house.get('/secure/elevated', elevated)).status).toBe(200)
      house.advance(2_000)
      expect(await house.get('/secure/elevated', elevated)).toMatchObject({ status: 403, body: problem('ELEVATION_REQUIRED') })
      expect((await house.get('/secure/user', elevated)).status).toBe(200)
    })
  })
})
