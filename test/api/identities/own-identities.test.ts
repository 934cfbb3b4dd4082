import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { keysIn, newKey } from '../../support/server/identity-key.ts'
import { problem } from '../../support/server/problem.ts'
import { mailTo, mustBe, ticketIn } from '../../support/server/second-factor.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'

describe('the keys of an account', () => {
  let app: InProcess
  let keys: ReturnType<typeof keysIn>
  let people = 0
  beforeAll(async () => {
    app = await startTestServer()
    keys = keysIn(app)
  })
  afterAll(() => app.stop())

  const somebody = async () => {
    const email = `somebody${people++}@example.org`
    const { token, accountId } = await app.register({ email })
    return { email, accountId, token: await app.elevated(token) }
  }

  test('one that is linked logs in beside the password, and is listed', async () => {
    const { accountId, token, email } = await somebody()
    const key = newKey()
    expect(await keys.link(key, accountId, token)).toMatchObject({ status: 201, body: { fingerprint: key.fingerprint } })
    expect(mustBe(200, await keys.logIn(key))).toMatchObject({ accountId, session: { factors: ['pop'] } })
    await app.logIn({ email })
    const { identities } = mustBe(200, await app.get('/me/identities', token))
    expect(identities).toEqual([
      { fingerprint: key.fingerprint, publicKey: key.publicKey, introducedAt: expect.any(String), rotation: null },
    ])
  })

  test('linking needs an elevated session, and a proof for this account', async () => {
    const [one, other] = [await somebody(), await somebody()]
    const { token } = await app.logIn({ email: one.email })
    expect(await keys.link(newKey(), one.accountId, token)).toMatchObject({ status: 403, body: problem('ELEVATION_REQUIRED') })
    expect(await keys.link(newKey(), other.accountId, one.token)).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
  })

  test('the eleventh cannot be linked, and is free for its owner to use elsewhere', async () => {
    const { accountId, token } = await somebody()
    for (let n = 0; n < 10; n += 1) mustBe(201, await keys.link(newKey(), accountId, token))
    const key = newKey()
    expect(await keys.link(key, accountId, token)).toMatchObject({ status: 409, body: problem('TOO_MANY_KEYS') })
    expect((await keys.introduce(key)).status).toBe(201)
  })

  test('a key of somebody else cannot be linked', async () => {
    const { accountId, token } = await somebody()
    const { key } = await keys.introduced()
    expect(await keys.link(key, accountId, token)).toMatchObject({ status: 409, body: problem('IDENTITY_TAKEN') })
  })

  test('an unlinked key logs in no more, its sessions end, and nobody can use it again', async () => {
    const { accountId, token } = await somebody()
    const key = newKey()
    mustBe(201, await keys.link(key, accountId, token))
    const { token: byKey } = mustBe(200, await keys.logIn(key))
    expect((await app.del(`/me/identities/${key.fingerprint}`, token)).status).toBe(204)
    expect((await app.get('/session', byKey)).status).toBe(401)
    expect((await app.get('/session', token)).status).toBe(200)
    expect(await keys.logIn(key)).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    expect(await keys.link(key, accountId, token)).toMatchObject({ status: 409, body: problem('IDENTITY_TAKEN') })
    expect(await keys.introduce(key)).toMatchObject({ status: 409, body: problem('IDENTITY_TAKEN') })
  })

  test('the last way to log in stays', async () => {
    const { key, token, session, accountId } = await keys.introduced()
    const elevated = await keys.elevated(key, token, session.id)
    const path = `/me/identities/${key.fingerprint}`
    expect(await app.del(path, elevated)).toMatchObject({ status: 409, body: problem('LAST_CREDENTIAL') })
    mustBe(201, await keys.link(newKey(), accountId, elevated))
    expect((await app.del(path, elevated)).status).toBe(204)
  })

  test('a signature elevates one session, once, and a login is no elevation', async () => {
    const { key, token, session } = await keys.introduced()
    const { fingerprint } = key
    const challenge = await keys.challengeFor(fingerprint)
    const elevate = (signature: string, by: string) => app.post('/session/elevate', { identity: { fingerprint, challenge, signature } }, by)
    expect((await elevate(key.signs({ purpose: 'login', challenge }), token)).status).toBe(401)
    const other = mustBe(200, await keys.logIn(key))
    const signature = key.signs({ purpose: 'elevation', sessionId: session.id, challenge })
    expect((await elevate(signature, other.token)).status).toBe(401)
    const { token: elevated } = mustBe(200, await elevate(signature, token))
    expect((await app.get('/secure/elevated', elevated)).status).toBe(200)
    expect((await elevate(signature, elevated)).status).toBe(401)
  })

  test('an account without an address is exported, listed and erased, and its key is never used again', async () => {
    const { key, token, session, accountId } = await keys.introduced()
    const elevated = await keys.elevated(key, token, session.id)
    const exported = await app.get('/me/export', elevated)
    expect(JSON.parse(exported.text).account).toMatchObject({ id: accountId, email: null })
    const verified = await app.get('/verify', elevated)
    expect(verified.headers).toMatchObject({ 'x-gatebook-account': accountId, 'x-gatebook-email': '' })
    const challenge = await keys.challengeFor(key.fingerprint)
    const signature = key.signs({ purpose: 'erasure', sessionId: session.id, challenge })
    const identity = { fingerprint: key.fingerprint, challenge, signature }
    expect((await app.del('/me', elevated, { identity })).status).toBe(204)
    expect(await keys.logIn(key)).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    expect(await keys.introduce(key)).toMatchObject({ status: 409, body: problem('IDENTITY_TAKEN') })
    expect((await app.get(`/identities/${key.fingerprint}/chain`)).status).toBe(404)
    expect(app.gatebook.queries.accountQueries.erasures()).toEqual([])
  })

  test('an account that began with a key sets an address', async () => {
    const { key, token, session, accountId } = await keys.introduced()
    const elevated = await keys.elevated(key, token, session.id)
    mustBe(202, await app.post('/email', { email: 'later@example.org' }, elevated))
    const link = await linkIn(app, 'later@example.org', /^Confirm/)
    mustBe(204, await app.post('/email/confirm', { token: link }))
    expect(mustBe(200, await app.get('/session', elevated))).toMatchObject({ email: 'later@example.org', emailVerified: true })
    mustBe(202, await app.post('/password/reset', { email: 'later@example.org' }))
    const reset = await linkIn(app, 'later@example.org', /^Reset/)
    mustBe(204, await app.post('/password/reset/confirm', { token: reset, newPassword: person.password }))
    expect(await app.logIn({ email: 'later@example.org' })).toMatchObject({ accountId })
    expect(mustBe(200, await keys.logIn(key))).toMatchObject({ accountId })
  })
})

const linkIn = async (app: InProcess, email: string, subject: RegExp) => ticketIn(await mailTo(app.dataDir, email, subject))
