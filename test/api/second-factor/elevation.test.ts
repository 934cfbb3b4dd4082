import { describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { responseBytes } from '../../support/server/response-bytes.ts'
import { failed, mustBe, wrongCode } from '../../support/server/second-factor.ts'
import { aTime, cookieOf } from '../../support/server/shapes.ts'
import { origin, startTestServer } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

const elevateFirst = { status: 403, body: problem('ELEVATION_REQUIRED') }

describe('elevation where there is a second factor', async () => {
  const { app, steps } = await suiteServer()

  /** A person who has just logged in with both factors. */
  const loggedIn = async (email: string) => {
    const { secret, recoveryCodes } = await steps.somebody(email)
    return { secret, recoveryCodes, ...(await steps.logInWith(email, steps.freshCode(secret))) }
  }
  const elevate = (proof: object, token: string) => app.post('/session/elevate', proof, token)

  test('takes a code, lasts a quarter of an hour and replaces the token', async () => {
    const { token, secret } = await loggedIn('elevates@example.org')
    expect(await app.get('/secure/elevated', token)).toMatchObject(elevateFirst)
    const answer = await elevate({ code: steps.freshCode(secret) }, token)
    expect(answer).toMatchObject({ status: 200, body: { elevatedUntil: aTime, token: expect.any(String) } })
    const left = Date.parse(answer.body.elevatedUntil) - app.gatebook.ports.journal.now()
    expect(left).toBeGreaterThan(840_000)
    expect(left).toBeLessThanOrEqual(900_000)
    expect((await app.get('/secure/user', token)).status).toBe(401)
    expect((await app.get('/secure/elevated', answer.body.token)).status).toBe(200)
    app.advance(900_000)
    expect(await app.get('/secure/elevated', answer.body.token)).toMatchObject(elevateFirst)
    expect((await app.get('/secure/user', answer.body.token)).status).toBe(200)
  })

  test('takes a recovery code', async () => {
    const { token, recoveryCodes } = await loggedIn('by-recovery@example.org')
    mustBe(200, await elevate({ code: recoveryCodes[0] }, token))
  })

  test('takes no password, right or wrong, and spends none of its budget on it', async () => {
    const { token } = await loggedIn('no-password@example.org')
    const right = await elevate({ password: person.password }, token)
    const wrong = await elevate({ password: 'not the password' }, token)
    expect(right).toMatchObject(failed)
    expect(responseBytes(right)).toBe(responseBytes(wrong))
    for (let n = 0; n < 6; n += 1) await elevate({ password: 'not the password' }, token)
    expect((await steps.password('no-password@example.org')).body.status).toBe('second_factor_required')
    expect(await elevate({ code: '1', password: person.password }, token)).toMatchObject({ status: 400 })
  })

  test('a wrong code and the one of the log-in leave the token and the session as they are', async () => {
    const email = 'wrong-code@example.org'
    const { secret } = await steps.somebody(email)
    const code = steps.freshCode(secret)
    const { token } = await steps.logInWith(email, code)
    expect(await elevate({ code }, token)).toMatchObject(failed)
    expect(await elevate({ code: wrongCode(steps.codeOf(secret)) }, token)).toMatchObject(failed)
    expect(await app.get('/secure/elevated', token)).toMatchObject(elevateFirst)
  })

  test('ends with a refresh, which hands out a token that is not elevated', async () => {
    const { token, refreshToken, secret } = await loggedIn('refreshes@example.org')
    const elevated = mustBe(200, await elevate({ code: steps.freshCode(secret) }, token)).token
    const refreshed = mustBe(200, await app.post('/session/refresh', { refreshToken }))
    expect(refreshed.session).toMatchObject({ elevatedUntil: null, factors: ['pwd', 'otp'] })
    expect(await app.get('/secure/elevated', refreshed.token)).toMatchObject(elevateFirst)
    expect((await app.get('/secure/elevated', elevated)).status).toBe(401)
  })

  test('ends with the log-out', async () => {
    const { token, secret } = await loggedIn('leaves@example.org')
    const elevated = mustBe(200, await elevate({ code: steps.freshCode(secret) }, token)).token
    mustBe(204, await app.post('/logout', undefined, elevated))
    expect((await app.get('/secure/elevated', elevated)).status).toBe(401)
  })

  test('is of one session: another one of the same person is not elevated', async () => {
    const { token, secret } = await loggedIn('two-sessions@example.org')
    const other = await steps.logInWith('two-sessions@example.org', steps.freshCode(secret))
    mustBe(200, await elevate({ code: steps.freshCode(secret) }, token))
    expect(await app.get('/secure/elevated', other.token)).toMatchObject(elevateFirst)
  })

  test('replaces the cookie of a browser', async () => {
    const email = 'browser@example.org'
    const { secret } = await steps.somebody(email)
    const body = { challenge: await steps.challengeOf(email), code: steps.freshCode(secret) }
    const { token: cookie } = cookieOf(await app.send({ method: 'POST', path: '/login/otp', body, origin }))
    const elevating = { method: 'POST', path: '/session/elevate', body: { code: steps.freshCode(secret) }, origin, cookie } as const
    const answer = await app.send(elevating)
    expect(Object.keys(answer.body)).toEqual(['elevatedUntil'])
    const { token } = cookieOf(answer)
    expect(token).not.toBe(cookie)
    expect((await app.send({ method: 'GET', path: '/secure/elevated', cookie: token })).status).toBe(200)
    expect((await app.send({ method: 'GET', path: '/secure/user', cookie })).status).toBe(401)
  })
})

describe('elevation where there is none', () => {
  test('takes the password, and no code', async () => {
    const app = await startTestServer()
    const { token } = await app.register()
    const byCode = await app.post('/session/elevate', { code: '123456' }, token)
    expect(byCode).toMatchObject({ status: 409, body: problem('NOT_ENROLLED') })
    const elevated = mustBe(200, await app.post('/session/elevate', { password: person.password }, token)).token
    expect((await app.get('/secure/elevated', elevated)).status).toBe(200)
    await app.stop()
  })
})
