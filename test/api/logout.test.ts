import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { cookieOf } from '../support/server/shapes.ts'
import { type InProcess, origin, startTestServer } from '../support/server/start-test-server.ts'

describe('logging out', () => {
  let app: InProcess
  beforeAll(async () => {
    app = await startTestServer()
    await app.register()
  })
  afterAll(() => app.stop())

  const isDead = async (token: string) => {
    const refused = await app.get('/secure/user', token)
    expect(refused).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(refused.headers['www-authenticate']).toBe('Bearer')
  }

  test('ends this session and no other', async () => {
    const [one, other] = [await app.logIn(), await app.logIn()]
    const answer = await app.post('/logout', undefined, one.token)
    expect(answer).toMatchObject({ status: 204, text: '' })
    await isDead(one.token)
    expect((await app.get('/secure/user', other.token)).status).toBe(200)
  })

  test('clears the cookie', async () => {
    const { token } = cookieOf(await app.send({ method: 'POST', path: '/login', body: person, origin }))
    const answer = await app.send({ method: 'POST', path: '/logout', cookie: token, origin })
    const cleared = cookieOf(answer)
    expect(cleared.token).toBe('')
    expect(cleared.attributes).toEqual(['HttpOnly', 'Max-Age=0', 'Path=/', 'SameSite=Lax', 'Secure'])
    expect((await app.send({ method: 'GET', path: '/secure/user', cookie: token })).status).toBe(401)
  })

  test('by cookie from elsewhere is refused, and the session lives', async () => {
    const { token } = cookieOf(await app.send({ method: 'POST', path: '/login', body: person, origin }))
    for (const from of [undefined, 'https://elsewhere.example', 'null']) {
      const refused = await app.send({ method: 'POST', path: '/logout', cookie: token, origin: from })
      expect(refused).toMatchObject({ status: 403, body: problem('ORIGIN_REJECTED') })
    }
    expect((await app.send({ method: 'GET', path: '/secure/user', cookie: token })).status).toBe(200)
  })

  test('ends the elevation with the session', async () => {
    const { token } = await app.logIn()
    const elevated = await app.elevated(token)
    expect((await app.get('/secure/elevated', elevated)).status).toBe(200)
    await app.post('/logout', {}, elevated)
    expect((await app.get('/secure/elevated', elevated)).status).toBe(401)
  })

  test('ends the refresh token too', async () => {
    const { token, refreshToken } = await app.logIn()
    await app.post('/logout', undefined, token)
    expect(await app.post('/session/refresh', { refreshToken })).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  })

  test('everywhere ends every session of the account, this one too, and nobody else’s', async () => {
    const stranger = await app.register({ email: 'stranger@example.org' })
    const [one, other] = [await app.logIn(), await app.logIn()]
    const answer = await app.post('/logout/everywhere', undefined, one.token)
    expect(answer.status).toBe(204)
    expect(cookieOf(answer).attributes).toContain('Max-Age=0')
    for (const { token, refreshToken } of [one, other]) {
      await isDead(token)
      expect((await app.post('/session/refresh', { refreshToken })).status).toBe(401)
    }
    expect((await app.get('/secure/user', stranger.token)).status).toBe(200)
    expect((await app.logIn()).token).toEqual(expect.any(String))
  })

  test('needs a session', async () => {
    expect(await app.post('/logout/everywhere')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  })

  const ended = async () => {
    const { token } = await app.logIn()
    await app.post('/logout', undefined, token)
    return token
  }

  test.each([
    ['no cookie', async () => ({})],
    ['an unknown cookie', async () => ({ cookie: '__Host-gatebook=x' })],
    ['an empty cookie', async () => ({ cookie: '__Host-gatebook=' })],
    ['a cookie of a session that ended', async () => ({ cookie: `__Host-gatebook=${await ended()}` })],
    ['two cookies of the name', async () => ({ cookie: '__Host-gatebook=x; __Host-gatebook=y' })],
    ['a cookie and another token', async () => ({ cookie: '__Host-gatebook=x', authorization: 'Bearer y' })],
    ['a dead token', async () => ({ authorization: `Bearer ${await ended()}` })],
    ['a malformed token', async () => ({ authorization: 'Bearer' })],
    ['a hundred cookies of the name', async () => ({ cookie: Array.from({ length: 100 }, (_, n) => `__Host-gatebook=${n}`).join('; ') })],
  ])('with %s clears the cookie all the same', async (_what, headersOf) => {
    const answer = await app.send({ method: 'POST', path: '/logout', origin, headers: await headersOf() })
    expect(answer.status).toBe(204)
    expect(cookieOf(answer)).toMatchObject({ token: '', attributes: expect.arrayContaining(['Max-Age=0']) })
  })

  test('ends every session that is presented', async () => {
    const [one, other, third] = [await app.logIn(), await app.logIn(), await app.logIn()]
    const cookie = `__Host-gatebook=${one.token}; a=b; __Host-gatebook=${other.token}`
    const answer = await app.send({ method: 'POST', path: '/logout', origin, headers: { cookie, authorization: `Bearer ${third.token}` } })
    expect(answer.status).toBe(204)
    for (const { token } of [one, other, third]) await isDead(token)
  })

  test('ends a session that is idle too long, which its refresh token could revive', async () => {
    const { token, refreshToken } = await app.logIn()
    app.advance(86_400_000)
    await isDead(token)
    expect((await app.post('/logout', undefined, token)).status).toBe(204)
    expect((await app.post('/session/refresh', { refreshToken })).status).toBe(401)
  })

  test('takes no body or an empty object, and nothing else', async () => {
    for (const raw of ['', '{}', ' { } ']) {
      const { token } = await app.logIn()
      expect((await app.send({ method: 'POST', path: '/logout', raw, token })).status).toBe(204)
    }
    const { token } = await app.logIn()
    for (const raw of ['[]', 'null', '{"a":1}', '0', '""']) {
      const refused = await app.send({ method: 'POST', path: '/logout', raw, token })
      expect(refused).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
    }
    expect((await app.get('/secure/user', token)).status).toBe(200)
  })
})
