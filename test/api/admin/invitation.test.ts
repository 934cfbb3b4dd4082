import { beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { responseBytes } from '../../support/server/response-bytes.ts'
import { mailsTo, mailTo, mustBe, ticketIn } from '../../support/server/second-factor.ts'
import { origin, setupToken, startTestServer } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

const subject = /^You are invited$/
const void_ = { status: 401, body: problem('INVALID_CREDENTIALS') }
const password = 'a passphrase that I chose'
const day = 86_400_000

describe('an invitation', async () => {
  const { app, steps } = await suiteServer()
  let root: { readonly accountId: string; readonly token: string }
  let people = 0
  const elevate = async () => {
    const { accountId, token } = await app.logIn({ email: 'root@example.org' })
    root = { accountId, token: await app.elevated(token) }
  }
  const ticketFor = async (email: string, count = 1) => {
    const ticket = ticketIn(await mailTo(app.dataDir, email, subject, count))
    await app.gatebook.settled()
    return ticket
  }
  const invite = async (more: object = {}, by = root.token) => {
    const email = `invited${++people}@example.org`
    const { accountId } = mustBe(201, await app.post('/admin/accounts', { email, invite: true, ...more }, by))
    return { email, accountId: accountId as string, ticket: await ticketFor(email) }
  }
  const accept = (token: string, chosen = password) => app.post('/invitation/confirm', { token, password: chosen, transport: 'bearer' })
  const shown = async (id: string) => (await app.get(`/admin/accounts/${id}`, root.token)).body
  const act = (id: string, what: string) => app.post(`/admin/accounts/${id}/${what}`, undefined, root.token)
  beforeAll(async () => {
    const { accountId, token } = await app.setUp(setupToken)
    root = { accountId, token: await app.elevated(token) }
  })

  test('is a mail with a link to a page, with the token where no server sees it', async () => {
    const { email } = await invite()
    const mail = await mailTo(app.dataDir, email, subject)
    const link = new URL(/http\S+/.exec(mail.body)?.[0] ?? '')
    expect([link.origin, link.pathname, link.search]).toEqual([origin, '/invitation', ''])
    expect(mailsTo(app.dataDir, email)).toHaveLength(1)
  })

  test('begins a session, proves the address, and the password that was chosen is the one from then on', async () => {
    const { email, accountId, ticket } = await invite({ roles: ['editor'] })
    expect(await shown(accountId)).toMatchObject({ invited: true, emailVerified: false, lastLoginAt: null, roles: ['editor'] })
    const answer = await accept(ticket)
    expect(answer).toMatchObject({ status: 200, body: { status: 'authenticated', accountId, token: expect.any(String) } })
    expect((await app.get('/session', answer.body.token)).body).toMatchObject({ email, emailVerified: true, roles: ['editor'] })
    expect(await shown(accountId)).toMatchObject({ invited: false, emailVerified: true, lastLoginAt: expect.any(String) })
    expect((await app.logIn({ email, password })).accountId).toBe(accountId)
  })

  test('sets cookies unless bearer tokens are asked for', async () => {
    const { ticket } = await invite()
    const answer = await app.send({ method: 'POST', path: '/invitation/confirm', body: { token: ticket, password }, origin })
    expect(answer.status).toBe(200)
    expect(String(answer.headers['set-cookie'])).toContain('__Host-gatebook=')
    expect(answer.body.token).toBeUndefined()
  })

  test('works once', async () => {
    const { email, ticket } = await invite()
    mustBe(200, await accept(ticket))
    expect(await accept(ticket, 'yet another long passphrase')).toMatchObject(void_)
    expect((await steps.password(email, { password })).status).toBe(200)
  })

  test('of many parallel uses exactly one wins', async () => {
    const { email, ticket } = await invite()
    const chosen = Array.from({ length: 8 }, (_, n) => `${password}, number ${n}`)
    const answers = await Promise.all(chosen.map((one) => accept(ticket, one)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(401)])
    const won = answers.findIndex(({ status }) => status === 200)
    expect((await steps.password(email, { password: chosen[won] })).status).toBe(200)
    expect((await steps.password(email, { password: chosen[(won + 1) % 8] })).status).toBe(401)
  })

  test('stays good after a password that may not be chosen', async () => {
    const { ticket } = await invite()
    expect(await accept(ticket, 'short')).toMatchObject({ status: 422, body: problem('PASSWORD_REJECTED', { reason: 'too_short' }) })
    expect((await accept(ticket)).status).toBe(200)
  })

  test('is good for seven days', async () => {
    const [early, late] = [await invite(), await invite()]
    app.advance(7 * day - 60_000)
    expect((await accept(early.ticket)).status).toBe(200)
    app.advance(60_000)
    expect(await accept(late.ticket)).toMatchObject(void_)
    await elevate()
  })

  test('can be mailed again, once in five minutes, and each of its links is good until one is used', async () => {
    const { email, accountId, ticket } = await invite()
    for (let n = 0; n < 3; n += 1) expect(await act(accountId, 'invite')).toMatchObject({ status: 202, text: '' })
    await app.gatebook.settled()
    expect(mailsTo(app.dataDir, email)).toHaveLength(1)
    app.advance(5 * 60_000)
    await elevate()
    mustBe(202, await act(accountId, 'invite'))
    const again = await ticketFor(email, 2)
    expect(again).not.toBe(ticket)
    mustBe(200, await accept(ticket))
    expect(await accept(again)).toMatchObject(void_)
    expect(await act(accountId, 'invite')).toMatchObject({ status: 409, body: problem('PASSWORD_ALREADY_CHOSEN') })
  })

  test('is for accounts without a password only', async () => {
    const { accountId } = await app.register({ email: 'registered@example.org' })
    expect(await act(accountId, 'invite')).toMatchObject({ status: 409, body: problem('PASSWORD_ALREADY_CHOSEN') })
  })

  test('is void once the account was disabled, logged out or erased', async () => {
    for (const ending of ['disable', 'logout'] as const) {
      const { accountId, ticket } = await invite()
      mustBe(204, await act(accountId, ending))
      if (ending === 'disable') expect(await act(accountId, 'invite')).toMatchObject({ status: 404 })
      if (ending === 'disable') mustBe(204, await act(accountId, 'enable'))
      expect(await accept(ticket), ending).toMatchObject(void_)
    }
    const { accountId, ticket } = await invite()
    mustBe(204, await app.del(`/admin/accounts/${accountId}`, root.token))
    expect(await accept(ticket)).toMatchObject(void_)
  })

  test('is void once its administrator is none any more; another one invites again', async () => {
    const other = await app.register({ email: 'demoted@example.org' })
    mustBe(204, await app.put(`/admin/accounts/${other.accountId}/roles/admin`, undefined, root.token))
    const { email, accountId, ticket } = await invite({}, await app.elevated(other.token))
    mustBe(204, await app.del(`/admin/accounts/${other.accountId}/roles/admin`, root.token))
    expect(await accept(ticket)).toMatchObject(void_)
    app.advance(5 * 60_000)
    await elevate()
    mustBe(202, await act(accountId, 'invite'))
    expect((await accept(await ticketFor(email, 2))).status).toBe(200)
  })

  test('may be left for a reset of the password, which voids it', async () => {
    const { email, accountId, ticket } = await invite()
    mustBe(202, await app.post('/password/reset', { email }))
    const reset = ticketIn(await mailTo(app.dataDir, email, /^Reset your password$/))
    await app.gatebook.settled()
    mustBe(204, await app.post('/password/reset/confirm', { token: reset, newPassword: password }))
    expect(await shown(accountId)).toMatchObject({ invited: false, emailVerified: true })
    expect(await accept(ticket)).toMatchObject(void_)
    expect((await steps.password(email, { password })).status).toBe(200)
  })

  test('accepts no token for another purpose, for somebody else, or made up, and tells none of them apart', async () => {
    const { ticket } = await invite()
    const { email, accountId } = await invite()
    mustBe(202, await app.post('/password/reset', { email }))
    const reset = ticketIn(await mailTo(app.dataDir, email, /^Reset your password$/))
    const sealed = ticket.slice(ticket.indexOf('.'))
    const forged = [reset, `${accountId}${sealed}`, ticket.slice(0, -4), 'made up', `01970000-0000-7000-8000-00000000000a${sealed}`]
    const answers = await Promise.all(forged.map((token) => accept(token)))
    for (const answer of answers) {
      expect(answer).toMatchObject(void_)
      expect(responseBytes(answer)).toBe(responseBytes(answers[0] as (typeof answers)[0]))
    }
    expect((await app.post('/password/reset/confirm', { token: ticket, newPassword: password })).status).toBe(401)
  })

  test('lets in where strangers locked the login', async () => {
    const { email, accountId, ticket } = await invite()
    for (let n = 0; n < 6; n += 1) await steps.password(email, { password: 'a guess of a stranger' })
    expect((await steps.password(email)).body.code).toBe('LOCKED_OUT')
    expect((await shown(accountId)).lockedUntil).toEqual(expect.any(String))
    mustBe(200, await accept(ticket))
    expect((await steps.password(email, { password })).status).toBe(200)
    expect((await shown(accountId)).lockedUntil).toBeNull()
    expect(mailsTo(app.dataDir, email).map(({ headers }) => headers.subject)).not.toContain('Too many failed attempts')
  })

  test('to be an administrator is nobody to fall back on until it is accepted', async () => {
    const own = await startTestServer()
    try {
      const first = await own.setUp(setupToken)
      const token = await own.elevated(first.token)
      mustBe(201, await own.post('/admin/accounts', { email: 'next@example.org', invite: true, roles: ['admin'] }, token))
      const path = `/admin/accounts/${first.accountId}`
      for (const refused of [await own.del(path, token), await own.post(`${path}/disable`, undefined, token)])
        expect(refused).toMatchObject({ status: 409, body: problem('LAST_ADMINISTRATOR') })
      const ticket = ticketIn(await mailTo(own.dataDir, 'next@example.org', subject))
      const accepted = mustBe(200, await own.post('/invitation/confirm', { token: ticket, password, transport: 'bearer' }))
      expect((await own.get('/secure/admin', accepted.token)).status).toBe(200)
      expect((await own.del(`${path}/roles/admin`, token)).status).toBe(204)
    } finally {
      await own.stop()
    }
  })
})

describe('an invitation where a role requires a second factor', async () => {
  const { app } = await suiteServer({ env: { SECOND_FACTOR_ROLES: 'editor' } })

  test('asks to enroll one, like a login', async () => {
    const token = await app.elevated((await app.setUp(setupToken)).token)
    mustBe(201, await app.post('/admin/accounts', { email: person.email, invite: true, roles: ['editor'] }, token))
    const ticket = ticketIn(await mailTo(app.dataDir, person.email, subject))
    const answer = await app.post('/invitation/confirm', { token: ticket, password, transport: 'bearer' })
    expect(answer).toMatchObject({ status: 200, body: { status: 'enrollment_required', challenge: expect.any(String) } })
    expect((await app.post('/login/enroll', { challenge: answer.body.challenge })).status).toBe(200)
  })
})
