import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keysIn, newKey } from '../../support/server/identity-key.ts'
import { problem } from '../../support/server/problem.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'

const refused = { status: 401, body: problem('INVALID_CREDENTIALS') }

describe('an account that begins with a key', () => {
  let app: InProcess
  let keys: ReturnType<typeof keysIn>
  beforeAll(async () => {
    app = await startTestServer()
    keys = keysIn(app)
  })
  afterAll(() => app.stop())

  test('has a session, a fingerprint and no address', async () => {
    const key = newKey()
    const answer = await keys.introduce(key)
    expect(answer).toMatchObject({ status: 201, body: { status: 'authenticated', fingerprint: key.fingerprint } })
    expect(answer.body.session.factors).toEqual(['pop'])
    const session = mustBe(200, await app.get('/session', answer.body.token))
    expect(session).toMatchObject({ accountId: answer.body.accountId, email: null, emailVerified: false })
  })

  test('logs in with a signed challenge', async () => {
    const { key, accountId } = await keys.introduced()
    const answer = await keys.logIn(key)
    expect(answer).toMatchObject({ status: 200, body: { status: 'authenticated', accountId } })
    expect((await app.get('/secure/user', answer.body.token)).status).toBe(200)
  })

  test('gets a cookie by default, and no token beside it', async () => {
    const key = newKey()
    const body = { publicKey: key.publicKey, signature: key.signs({ purpose: 'introduction' }) }
    const answer = await app.send({ method: 'POST', path: '/identities', body, origin: 'http://localhost:1984' })
    expect(answer.status).toBe(201)
    expect(answer.body).not.toHaveProperty('token')
    expect(String(answer.headers['set-cookie'])).toContain('__Host-gatebook=')
  })

  test('is the only one that the key can begin', async () => {
    const { key } = await keys.introduced()
    expect(await keys.introduce(key)).toMatchObject({ status: 409, body: problem('IDENTITY_TAKEN') })
  })

  test('is not made without proof of the key', async () => {
    const [key, other] = [newKey(), newKey()]
    const forged = await keys.introduce(key, { signature: other.signs({ purpose: 'introduction', fingerprint: key.fingerprint }) })
    expect(forged).toMatchObject(refused)
    const elsewhere = key.signs({ purpose: 'introduction', origin: 'https://elsewhere.example' })
    expect(await keys.introduce(key, { signature: elsewhere })).toMatchObject(refused)
  })

  test('one challenge gives one session', async () => {
    const { key } = await keys.introduced()
    const { fingerprint } = key
    const challenge = await keys.challengeFor(fingerprint)
    const signature = key.signs({ purpose: 'login', challenge })
    const answers = await Promise.all(Array.from({ length: 4 }, () => keys.logInWith(fingerprint, challenge, signature)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
    expect(await keys.logInWith(fingerprint, challenge, signature)).toMatchObject(refused)
  })

  test('a challenge is too old after five minutes', async () => {
    const { key } = await keys.introduced()
    const { fingerprint } = key
    const challenge = await keys.challengeFor(fingerprint)
    app.advance(300_000)
    expect(await keys.logInWith(fingerprint, challenge, key.signs({ purpose: 'login', challenge }))).toMatchObject(refused)
    expect((await keys.logIn(key)).status).toBe(200)
  })

  test('registration that is not open makes none', async () => {
    for (const REGISTRATION of ['closed', 'verified']) {
      const other = await startTestServer({ env: { REGISTRATION } })
      expect(await keysIn(other).introduce(newKey())).toMatchObject({ status: 404 })
      await other.stop()
    }
  })
})
