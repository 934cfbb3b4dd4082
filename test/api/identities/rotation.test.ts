import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keysIn, newKey } from '../../support/server/identity-key.ts'
import { problem } from '../../support/server/problem.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { type InProcess, origin, startTestServer } from '../../support/server/start-test-server.ts'

const hours = 3_600_000

const verified = (chain: unknown, by = origin) =>
  spawnSync('python3', ['examples/verify_chain.py', by], { input: JSON.stringify(chain), encoding: 'utf8' })

const hasCryptography = spawnSync('python3', ['-c', 'import cryptography']).status === 0

describe('the rotation of a key', () => {
  let app: InProcess
  let keys: ReturnType<typeof keysIn>
  beforeAll(async () => {
    app = await startTestServer()
    keys = keysIn(app)
  })
  afterAll(() => app.stop())

  const pending = async () => {
    const { key, ...session } = await keys.introduced()
    const next = newKey()
    const { deadline } = mustBe(202, await keys.propose(key, next))
    return { key, next, deadline, ...session }
  }
  const chainOf = async (fingerprint: string) => mustBe(200, await app.get(`/identities/${fingerprint}/chain`))

  test('takes effect after 72 hours, and until then the old key logs in', async () => {
    const { key, next, deadline } = await pending()
    expect(Date.parse(deadline) - app.gatebook.ports.journal.now()).toBeLessThanOrEqual(72 * hours)
    expect((await keys.logIn(key)).status).toBe(200)
    expect((await keys.logIn(next, key.fingerprint)).status).toBe(401)
    app.advance(72 * hours)
    expect(await keys.logIn(key)).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    expect((await keys.logIn(next, key.fingerprint)).status).toBe(200)
    expect((await keys.logIn(next)).status).toBe(401)
  })

  test('ends the sessions and refresh tokens of the old key at the deadline, though nothing is recorded then', async () => {
    const { token, refreshToken, session, deadline } = await pending()
    const shown = mustBe(200, await app.get('/session', token)).session
    expect(shown.expiresAt).toBe(deadline)
    expect(session.expiresAt > deadline).toBe(true)
    app.advance(72 * hours)
    expect((await app.get('/session', token)).status).toBe(401)
    expect((await app.post('/session/refresh', { refreshToken })).status).toBe(401)
  })

  test('leaves the sessions of a password alone', async () => {
    const { token, accountId } = await app.register({ email: 'both@example.org' })
    const elevated = await app.elevated(token)
    const [key, next] = [newKey(), newKey()]
    mustBe(201, await keys.link(key, accountId, elevated))
    const { deadline } = mustBe(202, await keys.propose(key, next))
    expect(mustBe(200, await app.get('/session', elevated)).session.expiresAt > deadline).toBe(true)
  })

  test('one at a time, and each is signed for its number', async () => {
    const { key, next, deadline } = await pending()
    expect(await keys.propose(key, newKey(), 2)).toMatchObject({ status: 409, body: problem('ROTATION_PENDING') })
    expect((await keys.cancel(key, next, deadline)).status).toBe(204)
    expect((await keys.propose(key, next)).status).toBe(401)
    expect((await keys.propose(key, next, 2)).status).toBe(202)
  })

  test('is cancelled by the old key only, and only before the deadline', async () => {
    const { key, next, deadline } = await pending()
    expect(await keys.cancel(next, next, deadline, 1, key.fingerprint)).toMatchObject({ status: 401 })
    expect((await keys.cancel(key, next, deadline)).status).toBe(204)
    expect((await keys.logIn(key)).status).toBe(200)
    const again = mustBe(202, await keys.propose(key, next, 2))
    app.advance(Date.parse(again.deadline) - app.gatebook.ports.journal.now())
    expect(await keys.cancel(key, next, again.deadline, 2)).toMatchObject({ status: 404 })
  })

  test('needs both signatures, and a key that is nobody else’s', async () => {
    const { key } = await keys.introduced()
    const { key: other } = await keys.introduced()
    expect(await keys.propose(key, other)).toMatchObject({ status: 409, body: problem('IDENTITY_TAKEN') })
    const { next: claimed } = await pending()
    expect(await keys.propose(key, claimed)).toMatchObject({ status: 409, body: problem('IDENTITY_TAKEN') })
    expect(await keys.introduce(claimed)).toMatchObject({ status: 409, body: problem('IDENTITY_TAKEN') })
    const said = { purpose: 'rotation' as const, sequence: 1, oldPublicKey: key.publicKey, newPublicKey: newKey().publicKey }
    const path = `/identities/${key.fingerprint}/rotation`
    const signature = key.signs(said)
    const forged = await app.post(path, { newPublicKey: said.newPublicKey, oldSignature: signature, newSignature: signature })
    expect(forged).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
  })

  test('a hundred times at most, and the key that was refused is free for its owner to use elsewhere', async () => {
    const { key } = await keys.introduced()
    let current = key
    for (let n = 1; n <= 100; n += 1) {
      const next = newKey()
      mustBe(202, await keys.propose(current, next, n, key.fingerprint))
      app.advance(72 * hours)
      current = next
    }
    const refused = newKey()
    expect(await keys.propose(current, refused, 101, key.fingerprint)).toMatchObject({ status: 409, body: problem('TOO_MANY_KEYS') })
    expect((await keys.introduce(refused)).status).toBe(201)
  })

  test('the chain shows every key, and what is pending', async () => {
    const { key, next } = await pending()
    expect(await chainOf(key.fingerprint)).toMatchObject({ rotations: [], pending: { newPublicKey: next.publicKey }, nextSequence: 2 })
    app.advance(72 * hours)
    const chain = await chainOf(key.fingerprint)
    expect(chain).toMatchObject({ fingerprint: key.fingerprint, pending: null, rotations: [{ newPublicKey: next.publicKey }] })
  })

  test.skipIf(!hasCryptography && process.env.CI === undefined)('anybody can verify a chain with a few lines of Python', async () => {
    const { key, next } = await pending()
    app.advance(72 * hours)
    const third = newKey()
    const said = { purpose: 'rotation' as const, fingerprint: key.fingerprint, sequence: 2 }
    const pair = { oldPublicKey: next.publicKey, newPublicKey: third.publicKey }
    const signatures = { oldSignature: next.signs({ ...said, ...pair }), newSignature: third.signs({ ...said, ...pair }) }
    mustBe(202, await app.post(`/identities/${key.fingerprint}/rotation`, { newPublicKey: third.publicKey, ...signatures }))
    const chain = await chainOf(key.fingerprint)
    expect(verified(chain)).toMatchObject({ status: 0, stdout: `${next.publicKey}\n` })
    expect(verified(chain, 'https://elsewhere.example').status).toBe(1)
    const [rotation] = chain.rotations
    expect(verified({ ...chain, rotations: [{ ...rotation, newPublicKey: third.publicKey }] }).status).toBe(1)
    expect(verified({ ...chain, rotations: [] }).status).toBe(1)
    expect(verified({ ...chain, fingerprint: third.fingerprint }).status).toBe(1)
  })
})
