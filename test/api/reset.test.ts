import { beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { everyEvent } from '../support/server/recorded-log.ts'
import { responseBytes } from '../support/server/response-bytes.ts'
import { mailsTo, mailTo, mustBe, ticketIn } from '../support/server/second-factor.ts'
import { origin, setupToken, startTestServer } from '../support/server/start-test-server.ts'
import { suiteServer } from '../support/server/suite-server.ts'

const newPassword = 'another long passphrase'
const subject = /^Reset your password$/
const void_ = { status: 401, body: problem('INVALID_CREDENTIALS') }

describe('a password that was forgotten', async () => {
  const { app, steps } = await suiteServer()
  let root: string
  beforeAll(async () => {
    root = await app.elevated((await app.setUp(setupToken)).token)
  })

  const ask = (email: string) => app.post('/password/reset', { email })
  const reset = (token: string, chosen = newPassword) => app.post('/password/reset/confirm', { token, newPassword: chosen })
  const resetLinks = (email: string) => mailsTo(app.dataDir, email).filter(({ headers }) => subject.test(headers.subject ?? ''))

  const ticketFor = async (email: string, count = 1) => {
    mustBe(202, await ask(email))
    const ticket = ticketIn(await mailTo(app.dataDir, email, subject, count))
    await app.gatebook.settled()
    return ticket
  }

  test('is asked to be replaced with the same answer, whoever has the address', async () => {
    await app.register({ email: 'known@example.org' })
    const barred = await app.register({ email: 'barred@example.org' })
    mustBe(204, await app.post(`/admin/accounts/${barred.accountId}/disable`, undefined, root))
    const answers = await Promise.all(['known', 'barred', 'nobody'].map((name) => ask(`${name}@example.org`)))
    for (const answer of answers) expect(responseBytes(answer)).toBe(responseBytes(answers[0] as (typeof answers)[0]))
    expect(answers[0]).toMatchObject({ status: 202, text: '' })
    await mailTo(app.dataDir, 'known@example.org', subject)
    await app.gatebook.settled()
    expect(resetLinks('barred@example.org')).toHaveLength(0)
    expect(resetLinks('nobody@example.org')).toHaveLength(0)
  })

  test('is replaced with the link, which leads to our own page and has its token where no server sees it', async () => {
    const email = 'forgetful@example.org'
    await app.register({ email })
    mustBe(202, await ask(email.toUpperCase().replace('EXAMPLE.ORG', 'example.org')))
    const mail = await mailTo(app.dataDir, email, subject)
    const link = new URL(/http\S+/.exec(mail.body)?.[0] ?? '')
    expect(link.origin).toBe(origin)
    expect(link.search).toBe('')
    expect((await reset(link.hash.slice(1))).status).toBe(204)
    expect((await steps.password(email)).body.code).toBe('INVALID_CREDENTIALS')
    expect((await steps.password(email, { password: newPassword })).status).toBe(200)
    expect((await mailTo(app.dataDir, email, /password was changed/)).body).toContain('changed')
  })

  test('must become another one: the link stays good, and the session stays', async () => {
    const email = 'same@example.org'
    const { token } = await app.register({ email })
    const ticket = await ticketFor(email)
    expect(await reset(ticket, person.password)).toMatchObject({ status: 422, body: { code: 'PASSWORD_REJECTED', reason: 'unchanged' } })
    expect((await app.get('/session', token)).status).toBe(200)
    expect((await reset(ticket)).status).toBe(204)
  })

  test('ends every session, and no session begins with it', async () => {
    const email = 'sessions@example.org'
    const { token, refreshToken } = await app.register({ email })
    const answer = await reset(await ticketFor(email))
    expect(answer).toMatchObject({ status: 204, text: '' })
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect((await app.get('/secure/user', token)).status).toBe(401)
    expect((await app.post('/session/refresh', { refreshToken })).status).toBe(401)
  })

  test('leaves the second factor: it is asked for at the next log-in', async () => {
    const { email, secret } = await steps.somebody('two-factors@example.org')
    mustBe(204, await reset(await ticketFor(email)))
    const answer = await steps.password(email, { password: newPassword })
    expect(answer.body.status).toBe('second_factor_required')
    expect((await steps.answer(answer.body.challenge, steps.freshCode(secret))).status).toBe(200)
  })

  test('has one mail for five minutes, and a link that is an hour old is void', async () => {
    const email = 'impatient@example.org'
    await app.register({ email })
    const first = await ticketFor(email)
    for (let n = 0; n < 3; n += 1) mustBe(202, await ask(email))
    await app.gatebook.settled()
    app.advance(4 * 60_000)
    mustBe(202, await ask(email))
    await app.gatebook.settled()
    expect(resetLinks(email)).toHaveLength(1)
    app.advance(60_001)
    const second = await ticketFor(email, 2)
    expect(second).not.toBe(first)
    app.advance(60 * 60_000)
    expect(await reset(second)).toMatchObject(void_)
    root = await app.elevated((await app.logIn({ email: 'root@example.org' })).token)
  })

  test('the first link that is used ends the others, and itself', async () => {
    const email = 'links@example.org'
    await app.register({ email })
    const first = await ticketFor(email)
    app.advance(5 * 60_000)
    const second = await ticketFor(email, 2)
    mustBe(204, await reset(second))
    expect(await reset(second, 'a third long passphrase')).toMatchObject(void_)
    expect(await reset(first, 'a third long passphrase')).toMatchObject(void_)
    expect((await steps.password(email, { password: newPassword })).status).toBe(200)
  })

  test('a change of the password ends the link', async () => {
    const email = 'changed@example.org'
    const { token } = await app.register({ email })
    const ticket = await ticketFor(email)
    mustBe(204, await app.post('/password', { currentPassword: person.password, newPassword }, token))
    expect(await reset(ticket, 'a third long passphrase')).toMatchObject(void_)
  })

  test('whatever ended the sessions ends the link, though the account may be used again', async () => {
    for (const [name, endings] of [
      ['disabled', (id: string) => [`/admin/accounts/${id}/disable`, `/admin/accounts/${id}/enable`]],
      ['logged-out-by-admin', (id: string) => [`/admin/accounts/${id}/logout`]],
      ['logged-out-everywhere', () => ['/logout/everywhere']],
    ] as const) {
      const email = `${name}@example.org`
      const { accountId, token } = await app.register({ email })
      const ticket = await ticketFor(email)
      for (const path of endings(accountId)) mustBe(204, await app.post(path, undefined, path.startsWith('/admin') ? root : token))
      expect(await reset(ticket), name).toMatchObject(void_)
      expect((await steps.password(email)).status, name).toBe(200)
      app.advance(5 * 60_000)
      root = await app.elevated((await app.logIn({ email: 'root@example.org' })).token)
      expect((await reset(await ticketFor(email, 2))).status, name).toBe(204)
    }
  })

  test('proves the address', async () => {
    const email = 'unproved@example.org'
    const { token, accountId } = await app.register({ email })
    expect((await app.get('/session', token)).body.emailVerified).toBe(false)
    mustBe(204, await reset(await ticketFor(email)))
    const { token: again } = await app.logIn({ email, password: newPassword })
    expect((await app.get('/session', again)).body.emailVerified).toBe(true)
    expect((await app.get(`/admin/accounts/${accountId}`, root)).body.emailVerified).toBe(true)
    mustBe(204, await app.post('/password', { currentPassword: newPassword, newPassword: 'a third long passphrase' }, again))
    expect((await app.get('/session', again)).body.emailVerified).toBe(true)
  })

  test('lifts the lock on log-ins, which strangers can cause', async () => {
    const email = 'kept-out@example.org'
    await app.register({ email })
    const ticket = await ticketFor(email)
    for (let n = 0; n < 6; n += 1) await steps.password(email, { password: 'a guess of a stranger' })
    expect((await steps.password(email)).body.code).toBe('LOCKED_OUT')
    mustBe(204, await reset(ticket))
    expect((await steps.password(email, { password: newPassword })).status).toBe(200)
  })

  test('no account that is barred or gone is opened with a link', async () => {
    for (const [name, end] of [
      ['disabled', (id: string) => app.post(`/admin/accounts/${id}/disable`, undefined, root)],
      ['erased', (id: string) => app.del(`/admin/accounts/${id}`, root)],
    ] as const) {
      const { accountId } = await app.register({ email: `${name}-later@example.org` })
      const ticket = await ticketFor(`${name}-later@example.org`)
      mustBe(204, await end(accountId))
      expect(await reset(ticket), name).toMatchObject(void_)
    }
  })

  test('tokens that are made up, cut, changed or for another purpose are all the same', async () => {
    const email = 'forged@example.org'
    const { accountId } = await app.register({ email })
    const ticket = await ticketFor(email)
    const [person_ = '', sealed = ''] = [ticket.slice(0, ticket.indexOf('.')), ticket.slice(ticket.indexOf('.') + 1)]
    const other = await app.register({ email: 'somebody-else@example.org' })
    const events = await everyEvent(app.gatebook.store)
    const registered = events.find(({ stream, type }) => stream === `account-${accountId}` && type === 'AccountRegistered')
    const forged = {
      'made up': 'made up',
      'with nothing in it': `${person_}.`,
      cut: ticket.slice(0, -4),
      changed: `${person_}.${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`,
      'for somebody else': `${other.accountId}.${sealed}`,
      'out of the log': String(Object(registered?.data).email),
      'of nobody': `01970000-0000-7000-8000-00000000000a.${sealed}`,
    }
    const answers = await Promise.all(Object.values(forged).map((token) => reset(token)))
    for (const answer of answers) {
      expect(answer).toMatchObject(void_)
      expect(responseBytes(answer)).toBe(responseBytes(answers[0] as (typeof answers)[0]))
    }
    expect((await steps.password(email)).body.status).toBe('authenticated')
  })

  test('a new one that may not be chosen leaves the link good', async () => {
    const email = 'choosy@example.org'
    await app.register({ email })
    const ticket = await ticketFor(email)
    const refused = await reset(ticket, 'short')
    expect(refused).toMatchObject({ status: 422, body: problem('PASSWORD_REJECTED', { reason: 'too_short' }) })
    expect((await reset(ticket)).status).toBe(204)
  })
})

test('an outbox that cannot be written is nobody’s to see: 202 as ever', async () => {
  const app = await startTestServer({ env: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'no-reply@example.org' } })
  await app.register()
  for (const email of [person.email, 'nobody@example.org']) mustBe(202, await app.post('/password/reset', { email }))
  await app.stop()
})
