import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { OwnerProof } from '../../../api/shapes/owner-proof.ts'
import type { EventStore } from '../../../application/ports/event-store.ts'
import { canariesBelow } from '../../attack/support/canaries.ts'
import { person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { failed, mailsTo, mailTo, mustBe, wrongCode } from '../../support/server/second-factor.ts'
import { cookieOf } from '../../support/server/shapes.ts'
import { origin, setupToken, startTestServer } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { goneAway, interposing } from '../../support/test-app/stores.ts'

const proof = { password: person.password }
const wrong = { password: 'not the password' }
const deleted = /deleted/

describe('erasing one’s own account', async () => {
  const { app, steps } = await suiteServer()
  const erase = (token: string | undefined, body: object = proof) => app.del('/me', token, body)
  const events = async (stream: string) => (await succeed(app.gatebook.store.read(stream))).map(({ type }) => type)
  const isErased = async (accountId: string) => (await events(`account-${accountId}`)).includes('AccountErased')
  await app.setUp(setupToken)

  test('takes the password, ends every session at once and frees the address for somebody else', async () => {
    const email = 'leaves@example.org'
    const { token, accountId } = await app.register({ email })
    const { token: other } = await app.logIn({ email })
    expect((await erase(token)).status).toBe(204)
    for (const dead of [token, other]) expect((await app.get('/session', dead)).status).toBe(401)
    expect((await steps.password(email)).status).toBe(401)
    const recorded = await succeed(app.gatebook.store.read(`account-${accountId}`))
    expect(recorded.at(-1)).toMatchObject({
      type: 'AccountErased',
      data: { because: 'requested_by_owner' },
      metadata: { actor: accountId },
    })
    const next = await app.register({ email, password: 'somebody else entirely' })
    expect(next.accountId).not.toBe(accountId)
    expect(
      (await app.get('/audit/me', next.token)).body.entries.every((entry: { account: string }) => entry.account === next.accountId),
    ).toBe(true)
  })

  test('clears the cookies of a browser', async () => {
    await app.register({ email: 'browser@example.org' })
    const login = await app.send({ method: 'POST', path: '/login', body: { ...person, email: 'browser@example.org' }, origin })
    const answer = await app.send({ method: 'DELETE', path: '/me', body: proof, origin, cookie: cookieOf(login).token })
    expect(answer.status).toBe(204)
    for (const name of ['__Host-gatebook', '__Host-gatebook-device'])
      expect(cookieOf(answer, name)).toEqual({
        token: '',
        attributes: expect.arrayContaining(['Max-Age=0', 'HttpOnly', 'Secure', 'Path=/']),
      })
  })

  test('notifies the owner a last time', async () => {
    const email = 'noticed@example.org'
    const { token } = await app.register({ email })
    expect((await erase(token)).status).toBe(204)
    expect((await mailTo(app.dataDir, email, deleted)).body).toContain('your account was deleted')
  })

  test('with a wrong password is refused, counted and told to nobody; the fifth ends the session', async () => {
    const email = 'guesses@example.org'
    const { token, accountId, session } = await app.register({ email })
    for (let n = 0; n < 5; n += 1) expect(await erase(token, wrong)).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    expect(await erase(token)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    const trail = await succeed(app.gatebook.store.read(`session-${session.id}`))
    const attempts = trail.filter(({ type }) => type === 'ReauthenticationAttempted')
    expect(attempts.map(({ data }) => (data as { purpose: string }).purpose)).toEqual(Array(5).fill('erasure'))
    expect(await isErased(accountId)).toBe(false)
    mustBe(200, await steps.password(email))
    await app.gatebook.settled()
    expect(mailsTo(app.dataDir, email).filter(({ headers }) => deleted.test(headers.subject ?? ''))).toEqual([])
  })

  test('wrong ones in parallel are counted each', async () => {
    const { token, accountId } = await app.register({ email: 'parallel-guesses@example.org' })
    const before = app.counted.verified
    await Promise.all(Array.from({ length: 20 }, () => erase(token, wrong)))
    expect(app.counted.verified - before).toBeLessThanOrEqual(5)
    expect((await erase(token)).status).toBe(401)
    expect(await isErased(accountId)).toBe(false)
  })

  test('shares the budget of the session with elevation', async () => {
    const { token, accountId } = await app.register({ email: 'shared-budget@example.org' })
    for (let n = 0; n < 4; n += 1) await app.post('/session/elevate', wrong, token)
    expect((await erase(token, wrong)).status).toBe(401)
    expect(await erase(token)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await isErased(accountId)).toBe(false)
  })

  test('with a second factor takes a code and no password, even in an elevated session', async () => {
    const { token, secret, accountId } = await steps.somebody('second-factor@example.org')
    expect(await erase(token)).toMatchObject(failed)
    expect(await erase(token, { code: wrongCode(steps.codeOf(secret)) })).toMatchObject(failed)
    expect(await isErased(accountId)).toBe(false)
    expect((await erase(token, { code: steps.freshCode(secret) })).status).toBe(204)
    expect(await isErased(accountId)).toBe(true)
    const attempts = await succeed(app.gatebook.store.read(`secondFactor-${accountId}`))
    expect(attempts.filter(({ data }) => (data as { purpose?: string }).purpose === 'erasure')).toHaveLength(2)
  })

  test('takes a recovery code', async () => {
    const { token, recoveryCodes } = await steps.somebody('by-recovery@example.org')
    expect((await erase(token, { code: recoveryCodes[3] })).status).toBe(204)
  })

  test('with a code where there is no second factor is refused', async () => {
    const { token } = await app.register({ email: 'no-factor@example.org' })
    expect(await erase(token, { code: '123456' })).toMatchObject({ status: 409, body: problem('NOT_ENROLLED') })
  })

  test.each([[{}], [{ ...proof, code: '123456' }], [{ password: '' }], [undefined]])('needs one proof: %j is refused', async (body) => {
    const { token, accountId } = await app.register({ email: `shape-${crypto.randomUUID()}@example.org` })
    expect(OwnerProof.decode(body)._tag).toBe('Left')
    expect(await app.del('/me', token, body)).toMatchObject({ status: 400 })
    expect(await isErased(accountId)).toBe(false)
  })

  test('asks for a session', async () => {
    expect(await erase(undefined)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  })

  test('in parallel from many sessions happens once, and nobody is answered with a failure of ours', async () => {
    const email = 'many-times@example.org'
    const first = await app.register({ email })
    const others = await Promise.all(Array.from({ length: 5 }, () => app.logIn({ email })))
    const answers = await Promise.all([first, ...others].flatMap(({ token }) => [erase(token), erase(token)]))
    for (const { status } of answers) expect([204, 401, 503]).toContain(status)
    expect(answers.filter(({ status }) => status === 204).length).toBeGreaterThanOrEqual(1)
    for (const { status, body } of answers) if (status === 503) expect(body.code).toBe('OVERLOADED')
    expect((await events(`account-${first.accountId}`)).filter((type) => type === 'AccountErased')).toHaveLength(1)
    await app.register({ email })
  })

  test('leaves nothing that can be read, on disk or for an administrator', async () => {
    const canaries = { email: 'canary.own.erasure@example.org', userAgent: 'CanaryAgent/77aa' }
    const headers = { 'user-agent': canaries.userAgent }
    const body = { ...person, email: canaries.email, transport: 'bearer' }
    const { token, accountId } = mustBe(201, await app.send({ method: 'POST', path: '/register', body, headers }))
    expect((await app.send({ method: 'DELETE', path: '/me', body: proof, token, headers })).status).toBe(204)
    await mailTo(app.dataDir, canaries.email, deleted)
    const root = await app.elevated((await app.logIn({ email: 'root@example.org' })).token)
    expect((await app.get(`/admin/accounts/${accountId}`, root)).body).toMatchObject({ email: null, status: 'erased' })
    expect(canariesBelow(app.dataDir, canaries).filter((where) => !where.startsWith('outbox/'))).toEqual([])
    expect((await app.gatebook.store.read(`dataKey-${accountId}`)())._tag).toBe('Left')
  })
})

describe('erasing the account of an administrator', async () => {
  const { app } = await suiteServer()

  test('is refused for the last one, after the proof, and possible once there is another', async () => {
    const root = await app.setUp(setupToken)
    expect(await app.del('/me', root.token, wrong)).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    expect(await app.del('/me', root.token, proof)).toMatchObject({ status: 409, body: problem('LAST_ADMINISTRATOR') })
    expect((await app.get('/session', root.token)).status).toBe(200)
    const { accountId } = await app.register()
    const elevated = await app.elevated(root.token)
    mustBe(204, await app.put(`/admin/accounts/${accountId}/roles/admin`, undefined, elevated))
    expect((await app.del('/me', elevated, proof)).status).toBe(204)
    const { token } = await app.logIn()
    expect((await app.get('/admin/accounts', token)).status).toBe(200)
    expect(await app.del('/me', token, proof)).toMatchObject({ status: 409, body: problem('LAST_ADMINISTRATOR') })
  })
})

describe('erasing when the mail server is away', async () => {
  const { app } = await suiteServer({ env: { SMTP_URL: 'smtp://127.0.0.1:1?requireTLS=false', MAIL_FROM: 'gatebook@example.org' } })

  test('succeeds all the same', async () => {
    const { token } = await app.register()
    expect((await app.del('/me', token, proof)).status).toBe(204)
    expect((await app.get('/session', token)).status).toBe(401)
  })
})

describe('erasing when nothing of the last notice goes well', () => {
  test('is answered before the text of the app is written, and whatever becomes of it', async () => {
    let write = (): void => {}
    const written = new Promise<void>((resolve) => {
      write = resolve
    })
    const accountErased = async () => {
      await written
      return { subject: 'Goodbye', text: 'Your account was deleted.' }
    }
    const app = await startTestServer({ hooks: { mailTexts: { accountErased } } })
    const { token } = await app.register()
    expect((await app.del('/me', token, proof)).status).toBe(204)
    expect(mailsTo(app.dataDir, person.email)).toEqual([])
    write()
    await app.gatebook.settled()
    expect(mailsTo(app.dataDir, person.email).map(({ headers }) => headers.subject)).toEqual(['Goodbye'])
    await app.stop()
  })

  test('is not held up by a mail server that accepts connections and says nothing', async () => {
    const silent = createServer()
    await once(silent.listen(0, '127.0.0.1'), 'listening')
    const { port } = silent.address() as AddressInfo
    const env = { SMTP_URL: `smtp://127.0.0.1:${port}?requireTLS=false`, MAIL_FROM: 'gatebook@example.org' }
    const app = await startTestServer({ env })
    const { token, accountId } = await app.register()
    const connected = once(silent, 'connection')
    expect((await app.del('/me', token, proof)).status).toBe(204)
    expect((await app.get('/session', token)).status).toBe(401)
    expect((await succeed(app.gatebook.store.read(`account-${accountId}`))).at(-1)?.type).toBe('AccountErased')
    const [socket] = (await connected) as [Socket]
    silent.close()
    socket.destroy()
    await app.stop()
  })

  test('is not refused because nobody can read the language of the notice', async () => {
    const failing = (store: EventStore): EventStore => ({
      ...store,
      read: (stream, from) => (stream.startsWith('preferences-') ? async () => left(goneAway) : store.read(stream, from)),
    })
    const app = await startTestServer({ hooks: { wrapStore: failing } })
    const { token } = await app.register()
    expect((await app.del('/me', token, proof)).status).toBe(204)
    expect((await mailTo(app.dataDir, person.email, deleted)).body).toContain('your account was deleted')
    await app.stop()
  })
})

describe('erasing while the session is ended elsewhere', () => {
  test('is refused, though the proof was right', async () => {
    let revoke = async (): Promise<unknown> => undefined
    const app = await startTestServer({ hooks: { wrapStore: interposing('ReauthenticationSucceeded', () => revoke()) } })
    const { token, accountId } = await app.register()
    const other = await app.logIn()
    revoke = async () => mustBe(204, await app.post('/logout/everywhere', undefined, other.token))
    expect(await app.del('/me', token, proof)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    const recorded = await succeed(app.gatebook.store.read(`account-${accountId}`))
    expect(recorded.at(-1)?.type).toBe('AllSessionsRevoked')
    await app.stop()
  })
})
