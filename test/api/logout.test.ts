import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { type InProcess, inProcess, origin } from '../support/server/in-process.ts'
import { problem } from '../support/server/problem.ts'
import { cookieOf } from '../support/server/shapes.ts'

describe('logging out', () => {
  let house: InProcess
  beforeAll(async () => {
    house = await inProcess()
    await house.register()
  })
  afterAll(() => house.stop())

  const isDead = async (token: string) => {
    const refused = await house.get('/secure/user', token)
    expect(refused).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(refused.headers['www-authenticate']).toBe('Bearer')
  }

  test('ends this session and no other', async () => {
    const [one, other] = [await house.logIn(), await house.logIn()]
    const answer = await house.post('/logout', undefined, one.token)
    expect(answer).toMatchObject({ status: 204, text: '' })
    await isDead(one.token)
    expect((await house.get('/secure/user', other.token)).status).toBe(200)
  })

  test('clears the cookie', async () => {
    const { token } = cookieOf(await house.send({ method: 'POST', path: '/login', body: person, origin }))
    const answer = await house.send({ method: 'POST', path: '/logout', cookie: token, origin })
    const cleared = cookieOf(answer)
    expect(cleared.token).toBe('')
    expect(cleared.attributes).toEqual(['HttpOnly', 'Max-Age=0', 'Path=/', 'SameSite=Lax', 'Secure'])
    expect((await house.send({ method: 'GET', path: '/secure/user', cookie: token })).status).toBe(401)
  })

  test('by cookie from elsewhere is refused, and the session lives', async () => {
    const { token } = cookieOf(await house.send({ method: 'POST', path: '/login', body: person, origin }))
    for (const from of [undefined, 'https://elsewhere.example', 'null']) {
      const refused = await house.send({ method: 'POST', path: '/logout', cookie: token, origin: from })
      expect(refused).toMatchObject({ status: 403, body: problem('ORIGIN_REJECTED') })
    }
    expect((await house.send({ method: 'GET', path: '/secure/user', cookie: token })).status).toBe(200)
  })

  test('ends the elevation with the session', async () => {
    const { token } = await house.logIn()
    const elevated = await house.elevated(token)
    expect((await house.get('/secure/elevated', elevated)).status).toBe(200)
    await house.post('/logout', {}, elevated)
    expect((await house.get('/secure/elevated', elevated)).status).toBe(401)
  })

  test('ends the refresh token too', async () => {
    const { token, refreshToken } = await house.logIn()
    await house.post('/logout', undefined, token)
    expect(await house.post('/session/refresh', { refreshToken })).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  })

  test('everywhere ends every session of the account, this one too, and nobody else’s', async () => {
    const stranger = await house.register({ email: 'stranger@example.org' })
    const [one, other] = [await house.logIn(), await house.logIn()]
    const answer = await house.post('/logout/everywhere', undefined, one.token)
    expect(answer.status).toBe(204)
    expect(cookieOf(answer).attributes).toContain('Max-Age=0')
    for (const { token, refreshToken } of [one, other]) {
      await isDead(token)
      expect((await house.post('/session/refresh', { refreshToken })).status).toBe(401)
    }
    expect((await house.get('/secure/user', stranger.token)).status).toBe(200)
    expect((await house.logIn()).token).toEqual(expect.any(String))
  })

  test('needs a session', async () => {
    for (const path of ['/logout', '/logout/everywhere']) {
      expect(await house.post(path)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    }
  })

  test('takes no body or an empty object, and nothing else', async () => {
    for (const raw of ['', '{}', ' { } ']) {
      const { token } = await house.logIn()
      expect((await house.send({ method: 'POST', path: '/logout', raw, token })).status).toBe(204)
    }
    const { token } = await house.logIn()
    for (const raw of ['[]', 'null', '{"a":1}', '0', '""']) {
      const refused = await house.send({ method: 'POST', path: '/logout', raw, token })
      expect(refused).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
    }
    expect((await house.get('/secure/user', token)).status).toBe(200)
  })
})
