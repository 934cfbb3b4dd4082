import { beforeAll, describe, expect, test } from 'vitest'
import { refuseIfDemoted } from '../../../application/administration/refuse-if-demoted.ts'
import { setPassword } from '../../../application/passwords/set-password.ts'
import type { AccountId } from '../../../domain/kernel/ids.ts'
import { person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { mailsTo, mustBe } from '../../support/server/second-factor.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'
import { succeed } from '../../support/test-app/outcomes.ts'

const chosen = 'a passphrase for somebody else'

describe('an administrator', async () => {
  const { app } = await suiteServer()
  let root: { readonly accountId: string; readonly token: string }
  let people = 0
  beforeAll(async () => {
    const { accountId, token } = await app.setUp(setupToken)
    root = { accountId, token: await app.elevated(token) }
  })

  const somebody = async () => {
    const email = `somebody${++people}@example.org`
    return { email, ...(await app.register({ email })) }
  }
  const put = (id: string, what: 'password' | 'email', body: object) => app.put(`/admin/accounts/${id}/${what}`, body, root.token)
  const logIn = (email: string, password: string) => app.post('/login', { email, password, transport: 'bearer' })
  const trailOf = async (id: string, type: string) => (await app.get(`/audit?account=${id}&type=${type}`, root.token)).body.entries
  const noticesTo = async (email: string) => {
    await app.gatebook.settled()
    return mailsTo(app.dataDir, email).map(({ headers }) => headers.subject)
  }

  test('sets a password, which ends every session; the owner gets a notice, and the trail says who did it', async () => {
    const { accountId, email, token, refreshToken } = await somebody()
    mustBe(204, await put(accountId, 'password', { password: chosen, mustChange: false }))
    expect(await app.get('/session', token)).toMatchObject({ status: 401 })
    expect(await app.post('/session/refresh', { refreshToken })).toMatchObject({ status: 401 })
    expect(await logIn(email, person.password)).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    expect(await logIn(email, chosen)).toMatchObject({ status: 200, body: { accountId } })
    expect(await trailOf(accountId, 'PasswordReplaced')).toMatchObject([{ actor: root.accountId }])
    expect(await noticesTo(email)).toContain('Your password was changed')
  })

  test.each([
    ['too_short', { password: 'short' }],
    ['unchanged', { password: person.password }],
  ])('sets no password that may not be chosen: %s', async (reason, body) => {
    const { accountId, email, token } = await somebody()
    expect(await put(accountId, 'password', body)).toMatchObject({ status: 422, body: { code: 'PASSWORD_REJECTED', reason } })
    expect((await app.get('/session', token)).status).toBe(200)
    expect((await logIn(email, person.password)).status).toBe(200)
  })

  test('does not lift a lock with a password', async () => {
    const { accountId, email } = await somebody()
    for (let n = 0; n < 5; n += 1) await logIn(email, `wrong ${n}`)
    mustBe(204, await put(accountId, 'password', { password: chosen }))
    expect(await logIn(email, chosen)).toMatchObject({ status: 429, body: { code: 'LOCKED_OUT' } })
    mustBe(204, await app.post(`/admin/accounts/${accountId}/unlock`, undefined, root.token))
    expect((await logIn(email, chosen)).status).toBe(200)
  })

  test('who is one no longer when the password is hashed sets none', async () => {
    const { accountId, email } = await somebody()
    const { accountId: other } = await somebody()
    const demoted = other as AccountId
    const setting = {
      accountId: accountId as AccountId,
      password: chosen,
      mustChange: true,
      actor: demoted,
      stillAllowed: refuseIfDemoted(app.gatebook.ports, demoted),
    }
    const caller = {
      address: '192.0.2.7',
      networks: ['192.0.2.7'] as const,
      userAgent: null,
      device: null,
      correlationId: crypto.randomUUID(),
    }
    expect(await setPassword(app.gatebook.ports)(setting, caller)()).toMatchObject({ left: { type: 'not_an_administrator' } })
    expect((await logIn(email, person.password)).status).toBe(200)
  })

  test('replaces an address: sessions stay, it is not verified, the old one is free and gets a notice', async () => {
    const { accountId, email, token } = await somebody()
    const next = `moved${people}@example.org`
    mustBe(204, await put(accountId, 'email', { email: next }))
    expect((await app.get('/session', token)).body).toMatchObject({ email: next, emailVerified: false })
    expect((await logIn(email, person.password)).status).toBe(401)
    expect((await logIn(next, person.password)).status).toBe(200)
    expect(await trailOf(accountId, 'EmailReplaced')).toMatchObject([{ actor: root.accountId }])
    expect(await noticesTo(email)).toContain('Your email address was changed')
    expect((await app.register({ email })).accountId).toEqual(expect.any(String))
  })

  test('replaces no address by one that is taken, however it is written, and the same one changes nothing', async () => {
    const [one, other] = [await somebody(), await somebody()]
    expect(await put(one.accountId, 'email', { email: other.email.toUpperCase() })).toMatchObject({
      status: 409,
      body: problem('EMAIL_TAKEN'),
    })
    mustBe(204, await put(one.accountId, 'email', { email: one.email }))
    expect(await trailOf(one.accountId, 'EmailReplaced')).toEqual([])
  })

  test('of parallel replacements by one address exactly one wins', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, somebody))
    const answers = await Promise.all(all.map(({ accountId }) => put(accountId, 'email', { email: 'wanted@example.org' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409, 409, 409])
  })

  test.each<['password' | 'email', object]>([
    ['password', {}],
    ['password', { password: 7 }],
    ['password', { password: chosen, more: 1 }],
    ['password', { password: 'p'.repeat(5_000) }],
    ['email', {}],
    ['email', { email: 'nobody' }],
    ['email', { email: ['a@example.org'] }],
    ['email', { email: 'a@example.org', emailVerified: true }],
  ])('is refused where the shape is wrong: %s %j', async (what, body) => {
    const { accountId, token } = await somebody()
    const answer = await put(accountId, what, body)
    expect([400, 422]).toContain(answer.status)
    expect((await app.get('/session', token)).status).toBe(200)
  })

  test('finds no account that is erased, and replaces no address of one that is disabled', async () => {
    const { accountId } = await somebody()
    mustBe(204, await app.post(`/admin/accounts/${accountId}/disable`, undefined, root.token))
    expect(await put(accountId, 'email', { email: 'new@example.org' })).toMatchObject({ status: 404 })
    mustBe(204, await app.del(`/admin/accounts/${accountId}`, root.token))
    for (const [what, body] of [
      ['password', { password: chosen }],
      ['email', { email: 'new@example.org' }],
    ] as const) {
      expect(await put(accountId, what, body)).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
    }
    expect(await succeed(app.gatebook.ports.journal.load({ aggregate: 'account', name: `account-${accountId}` }))).toMatchObject({
      state: { type: 'erased' },
    })
  })
})
