import { beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { responseBytes } from '../../support/server/response-bytes.ts'
import { failed, mustBe, secondFactorIn, wrongCode } from '../../support/server/second-factor.ts'
import { anId, aSession, cookieOf } from '../../support/server/shapes.ts'
import { origin, setupToken, startTestServer } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

const enrolFirst = { status: 403, body: problem('ENROLLMENT_REQUIRED') }
const rootEmail = 'root@example.org'

describe('roles that need a second factor', async () => {
  const { app, steps } = await suiteServer({ env: { SECOND_FACTOR_ROLES: 'admin,treasurer' } })
  let root: { readonly token: string; readonly secret: string }

  const byChallenge = async (challenge: string) => {
    const enrolled = mustBe(200, await app.post('/login/enroll', { challenge }))
    const confirm = { challenge, code: steps.codeOf(enrolled.secret), transport: 'bearer' }
    return { ...enrolled, ...mustBe(200, await app.post('/login/enroll/confirm', confirm)) }
  }

  beforeAll(async () => {
    const setUp = await app.post('/setup', { setupToken, ...person, email: rootEmail, transport: 'bearer' })
    expect(setUp).toMatchObject({ status: 201, body: { status: 'enrollment_required' } })
    root = await byChallenge(setUp.body.challenge)
  })

  const elevatedRoot = async () => mustBe(200, await app.post('/session/elevate', { code: steps.freshCode(root.secret) }, root.token)).token

  /** A person with a session and the role of a treasurer. */
  const treasurer = async (email: string) => {
    const registered = await app.register({ email })
    root = { ...root, token: await elevatedRoot() }
    mustBe(204, await app.put(`/admin/accounts/${registered.accountId}/roles/treasurer`, undefined, root.token))
    return { email, ...registered }
  }

  test('the setup makes an administrator who enrols before the first session', async () => {
    expect((await app.get('/secure/admin', root.token)).status).toBe(200)
    expect((await app.get('/session', root.token)).body).toMatchObject({ roles: ['admin'], session: { factors: ['pwd', 'otp'] } })
  })

  test('a right password gets a challenge for enrolment only; a wrong one hears nothing of it', async () => {
    const { email } = await treasurer('told@example.org')
    const answer = await steps.password(email)
    expect(answer).toMatchObject({ status: 200, body: { status: 'enrollment_required', challenge: expect.any(String) } })
    expect(Object.keys(answer.body).sort()).toEqual(['challenge', 'status'])
    expect(answer.headers['set-cookie']).toBeUndefined()
    const wrong = await steps.password(email, { password: 'not the password' })
    const stranger = await steps.password('stranger@example.org', { password: 'not the password' })
    expect(responseBytes(wrong)).toBe(responseBytes(stranger))
    for (const path of ['/secure/user', '/totp', '/session']) {
      expect((await app.get(path, answer.body.challenge)).status).toBe(401)
    }
    expect(await steps.answer(answer.body.challenge, '123456')).toMatchObject(failed)
  })

  test('enrolment by challenge ends with a session, every other one ends, and the challenge is spent', async () => {
    const { email, token } = await treasurer('enrols@example.org')
    const { challenge } = mustBe(200, await steps.password(email))
    const other = mustBe(200, await steps.password(email)).challenge
    const first = mustBe(200, await app.post('/login/enroll', { challenge }))
    const second = mustBe(200, await app.post('/login/enroll', { challenge }))
    const confirm = (code: string, by = challenge) => app.post('/login/enroll/confirm', { challenge: by, code, transport: 'bearer' })
    expect(await confirm(steps.codeOf(first.secret))).toMatchObject(failed)
    expect(await confirm(wrongCode(steps.codeOf(second.secret)))).toMatchObject(failed)
    const answer = await confirm(steps.codeOf(second.secret))
    expect(answer.body).toEqual({
      status: 'authenticated',
      accountId: anId,
      session: { ...aSession, factors: ['pwd', 'otp'] },
      token: expect.any(String),
      refreshToken: expect.any(String),
    })
    expect((await app.get('/secure/user', answer.body.token)).status).toBe(200)
    expect((await app.get('/secure/user', token)).status).toBe(401)
    for (const spent of [challenge, other]) {
      expect(await confirm(steps.freshCode(second.secret), spent)).toMatchObject(failed)
      expect(await app.post('/login/enroll', { challenge: spent })).toMatchObject(failed)
    }
  })

  test('enrolment by challenge sets a cookie for a browser', async () => {
    const { email } = await treasurer('browser@example.org')
    const { challenge } = mustBe(200, await steps.password(email))
    const { secret } = mustBe(200, await app.post('/login/enroll', { challenge }))
    const body = { challenge, code: steps.codeOf(secret) }
    expect((await app.send({ method: 'POST', path: '/login/enroll/confirm', body })).body.code).toBe('ORIGIN_REJECTED')
    const answer = await app.send({ method: 'POST', path: '/login/enroll/confirm', body, origin })
    expect(answer.body.token).toBeUndefined()
    expect((await app.send({ method: 'GET', path: '/secure/user', cookie: cookieOf(answer).token })).status).toBe(200)
  })

  test('a challenge that asks for a code does not enrol another factor, and a made-up one neither', async () => {
    const challenge = await steps.challengeOf(rootEmail)
    for (const each of [challenge, 'made up', `${'0'.repeat(8)}.x`]) {
      expect(await app.post('/login/enroll', { challenge: each })).toMatchObject(failed)
      expect(await app.post('/login/enroll/confirm', { challenge: each, code: '123456', transport: 'bearer' })).toMatchObject(failed)
    }
  })

  test('nothing begun is nothing to confirm', async () => {
    const { email } = await treasurer('hasty@example.org')
    const { challenge } = mustBe(200, await steps.password(email))
    const answer = await app.post('/login/enroll/confirm', { challenge, code: '123456', transport: 'bearer' })
    expect(answer).toMatchObject({ status: 409, body: problem('NOT_ENROLLED') })
  })

  test('one that is granted later is worth nothing in a session without a second factor', async () => {
    const { token: old, refreshToken, accountId } = await app.register({ email: 'promoted@example.org' })
    root = { ...root, token: await elevatedRoot() }
    mustBe(204, await app.put(`/admin/accounts/${accountId}/roles/admin`, undefined, root.token))
    expect(await app.get('/secure/admin', old)).toMatchObject(enrolFirst)
    expect(await app.get('/admin/accounts', old)).toMatchObject(enrolFirst)
    expect((await app.get('/totp', old)).body).toMatchObject({ enrolled: false, required: true })
    const refreshed = mustBe(200, await app.post('/session/refresh', { refreshToken }))
    expect(await app.get('/secure/admin', refreshed.token)).toMatchObject(enrolFirst)
    const byPassword = await app.elevated(refreshed.token)
    expect(await app.get('/secure/admin', byPassword)).toMatchObject(enrolFirst)

    const { secret } = await steps.begin(byPassword)
    mustBe(204, await app.post('/totp/confirm', { code: steps.codeOf(secret) }, byPassword))
    expect(await app.get('/secure/admin', byPassword)).toMatchObject(enrolFirst)
    const { token } = mustBe(200, await app.post('/session/elevate', { code: steps.freshCode(secret) }, byPassword))
    expect((await app.get('/secure/admin', token)).status).toBe(200)
    const session = await steps.logInWith('promoted@example.org', steps.freshCode(secret))
    expect((await app.get('/secure/admin', session.token)).status).toBe(200)
  })

  test('others log in with their password alone', async () => {
    await app.register({ email: 'plain@example.org' })
    expect((await steps.password('plain@example.org')).body.status).toBe('authenticated')
  })

  test('whose factor an administrator took away enrols anew', async () => {
    const { email, accountId } = await treasurer('reset@example.org')
    await byChallenge(mustBe(200, await steps.password(email)).challenge)
    mustBe(204, await app.post(`/admin/accounts/${accountId}/reset-second-factor`, undefined, root.token))
    expect((await steps.password(email)).body.status).toBe('enrollment_required')
  })
})

describe('a second factor for everybody', () => {
  test('lets nobody in who has none: a new account enrols before its first session', async () => {
    const app = await startTestServer({ env: { SECOND_FACTOR_ROLES: '*' } })
    const answer = await app.send({ method: 'POST', path: '/register', body: person, origin })
    expect(answer).toMatchObject({ status: 201, body: { status: 'enrollment_required' } })
    expect(answer.headers['set-cookie']).toBeUndefined()
    const steps = secondFactorIn(app)
    expect((await steps.password(person.email)).body.status).toBe('enrollment_required')
    await app.stop()
  })
})
