import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestRegistration } from '../../application/accounts/register-verified.ts'
import { emailAddress } from '../support/domain/email-address.ts'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { everyEvent } from '../support/server/recorded-log.ts'
import { responseBytes } from '../support/server/response-bytes.ts'
import { mailsTo, mailTo, mustBe, ticketIn } from '../support/server/second-factor.ts'
import { anId, aSession, cookieOf } from '../support/server/shapes.ts'
import { type InProcess, origin, setupToken, startTestServer } from '../support/server/start-test-server.ts'

const void_ = { status: 401, body: problem('INVALID_CREDENTIALS') }
const finish = /^Finish your registration$/
const fiveMinutes = 300_000

describe('REGISTRATION=verified', () => {
  let app: InProcess
  let root: string
  beforeAll(async () => {
    app = await startTestServer({ env: { REGISTRATION: 'verified' } })
    root = await app.elevated((await app.setUp(setupToken)).token)
  })
  afterAll(() => app.stop())

  const ask = (email: string, more: object = {}) => app.post('/register', { email, transport: 'bearer', ...more })
  const confirm = (token: string, password = person.password) => app.post('/register/confirm', { token, password, transport: 'bearer' })
  const logIn = (email: string, password: string) => app.post('/login', { email, password, transport: 'bearer' })
  const ticketFor = async (email: string, count = 1) => {
    mustBe(202, await ask(email))
    const ticket = ticketIn(await mailTo(app.dataDir, email, finish, count))
    await app.gatebook.settled()
    return ticket
  }

  test('records nothing, tells nothing, and mails a link', async () => {
    const before = await everyEvent(app.gatebook.store)
    const answer = await ask('new@example.org')
    expect(answer).toMatchObject({ status: 202, body: { status: 'check_email' } })
    await mailTo(app.dataDir, 'new@example.org', finish)
    const added = (await everyEvent(app.gatebook.store)).slice(before.length)
    expect(added.filter(({ stream }) => !stream.startsWith('dataKey-'))).toEqual([])
    expect((await logIn('new@example.org', person.password)).status).toBe(401)
  })

  test('the link registers and logs in, once', async () => {
    const ticket = await ticketFor('once@example.org')
    const answer = await confirm(ticket)
    expect(answer).toMatchObject({ status: 201, body: { status: 'authenticated', accountId: anId, session: aSession } })
    expect((await app.get('/session', answer.body.token)).body).toMatchObject({ email: 'once@example.org', emailVerified: true })
    const listed = await app.get(`/admin/accounts/${answer.body.accountId}`, root)
    expect(listed.body).toMatchObject({ email: 'once@example.org', emailVerified: true })
    expect(await confirm(ticket)).toMatchObject({ status: 409, body: problem('EMAIL_TAKEN') })
    expect((await app.logIn({ email: 'once@example.org' })).token).toEqual(expect.any(String))
  })

  test('of one link used at once one use registers', async () => {
    const ticket = await ticketFor('at-once@example.org')
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => confirm(ticket, `passphrase number ${n}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)])
  })

  test('sets a cookie for a browser', async () => {
    const token = await ticketFor('cookie@example.org')
    const answer = await app.send({ method: 'POST', path: '/register/confirm', body: { token, password: person.password }, origin })
    expect(answer.body.token).toBeUndefined()
    expect((await app.send({ method: 'GET', path: '/secure/user', cookie: cookieOf(answer).token })).status).toBe(200)
  })

  test('the password is that of whoever opens the link, not of whoever asked for it', async () => {
    mustBe(202, await ask('bob@example.org', { password: 'chosen by mallory' }))
    const ticket = ticketIn(await mailTo(app.dataDir, 'bob@example.org', finish))
    expect((await app.post('/register/confirm', { token: ticket, transport: 'bearer' })).status).toBe(400)
    expect((await confirm(ticket, 'chosen by the owner')).status).toBe(201)
    expect((await logIn('bob@example.org', 'chosen by mallory')).status).toBe(401)
    expect((await logIn('bob@example.org', 'chosen by the owner')).status).toBe(200)
  })

  test('whether the address is taken only its owner learns, by another mail', async () => {
    await confirm(await ticketFor('taken@example.org'))
    app.advance(fiveMinutes)
    const [taken, free] = [await ask('taken@example.org'), await ask('free@example.org')]
    expect(responseBytes(taken)).toBe(responseBytes(free))
    const mail = await mailTo(app.dataDir, 'taken@example.org', /^You already have an account$/)
    expect(ticketIn(mail)).toBe('')
  })

  test('of two links for one address the first that is used wins', async () => {
    const first = await ticketFor('rivals@example.org')
    app.advance(fiveMinutes)
    const second = await ticketFor('rivals@example.org', 2)
    expect((await confirm(second, 'the second passphrase')).status).toBe(201)
    expect((await confirm(first, 'the first passphrase')).status).toBe(409)
    expect((await logIn('rivals@example.org', 'the first passphrase')).status).toBe(401)
    expect((await logIn('rivals@example.org', 'the second passphrase')).status).toBe(200)
  })

  test('no link from before an erasure works after it, used or not', async () => {
    const unused = await ticketFor('gone@example.org')
    app.advance(fiveMinutes)
    const used = await ticketFor('gone@example.org', 2)
    const { body } = await confirm(used)
    root = await app.elevated((await app.logIn({ email: 'root@example.org' })).token)
    mustBe(204, await app.del(`/admin/accounts/${body.accountId}`, root))
    for (const ticket of [used, unused]) expect(await confirm(ticket)).toMatchObject(void_)
    expect((await logIn('gone@example.org', person.password)).status).toBe(401)
    app.advance(fiveMinutes)
    const fresh = await ticketFor('gone@example.org', 3)
    expect((await confirm(fresh)).status).toBe(201)
    for (const ticket of [used, unused]) expect(await confirm(ticket)).toMatchObject(void_)
  })

  test('a mailbox gets one mail in five minutes, whatever the spelling, with an account and without', async () => {
    await confirm(await ticketFor('known@example.org'))
    app.advance(fiveMinutes)
    for (const name of ['known', 'unknown']) {
      const spellings = [`${name}@example.org`, `${name.toUpperCase()}@example.org.`, ` ${name}@EXAMPLE。org`]
      const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => ask(spellings[n % 3] ?? '')))
      for (const answer of answers) expect(responseBytes(answer)).toBe(responseBytes(answers[0] as (typeof answers)[0]))
    }
    await app.gatebook.settled()
    const all = (name: string) => [`${name}@example.org`, `${name.toUpperCase()}@example.org`].flatMap((to) => mailsTo(app.dataDir, to))
    expect(all('known').map(({ headers }) => headers.subject)).toEqual(['Finish your registration', 'You already have an account'])
    expect(all('unknown')).toHaveLength(1)
    app.advance(fiveMinutes - 60_000)
    for (const name of ['known', 'unknown']) mustBe(202, await ask(`${name}@example.org`))
    await app.gatebook.settled()
    expect([...all('known'), ...all('unknown')]).toHaveLength(3)
    app.advance(60_000)
    for (const name of ['known', 'unknown']) mustBe(202, await ask(`${name}@example.org`))
    await app.gatebook.settled()
    expect([...all('known'), ...all('unknown')]).toHaveLength(5)
  })

  test('a link is good for a day', async () => {
    const ticket = await ticketFor('late@example.org')
    app.advance(24 * 3_600_000)
    expect(await confirm(ticket)).toMatchObject(void_)
  })

  test('tokens that are made up or for another purpose are all the same', async () => {
    const ticket = await ticketFor('forged@example.org')
    await confirm(await ticketFor('owner@example.org'))
    mustBe(202, await app.post('/password/reset', { email: 'owner@example.org' }))
    const resetting = ticketIn(await mailTo(app.dataDir, 'owner@example.org', /^Reset/))
    const answers = await Promise.all(['made up', ticket.slice(0, -3), resetting].map((token) => confirm(token)))
    for (const answer of answers) {
      expect(answer).toMatchObject(void_)
      expect(responseBytes(answer)).toBe(responseBytes(answers[0] as (typeof answers)[0]))
    }
    const reset = await app.post('/password/reset/confirm', { token: ticket, newPassword: 'another long passphrase' })
    expect(reset).toMatchObject(void_)
  })

  test('a password that may not be chosen leaves the link good', async () => {
    const ticket = await ticketFor('choosy@example.org')
    const refused = await confirm(ticket, 'password')
    expect(refused).toMatchObject({ status: 422, body: problem('PASSWORD_REJECTED', { reason: 'too_short' }) })
    expect((await confirm(ticket)).status).toBe(201)
  })

  test('the longest address fits into a link', async () => {
    const email = emailAddress(`${'𝄞'.repeat(16)}@${`${'a'.repeat(63)}.`.repeat(2)}${'a'.repeat(61)}`)
    const caller = { address: '192.0.2.7', networks: ['192.0.2.7'] as const, userAgent: null, device: null, correlationId: 'a test' }
    await requestRegistration(app.gatebook.ports)(email, caller)()
    expect((await confirm(ticketIn(await mailTo(app.dataDir, email, finish)))).body.status).toBe('authenticated')
  })
})

test.each(['open', 'closed'])('with REGISTRATION=%s there is nothing to confirm', async (registration) => {
  const app = await startTestServer({ env: { REGISTRATION: registration } })
  const answer = await app.post('/register/confirm', { token: 'any', password: person.password, transport: 'bearer' })
  expect(answer).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
  await app.stop()
})

test('with REGISTRATION=open the password is required', async () => {
  const app = await startTestServer()
  const answer = await app.post('/register', { email: person.email, transport: 'bearer' })
  const errors = [{ path: 'password', expected: 'a string of 1 to 4096 characters' }]
  expect(answer).toMatchObject({ status: 400, body: problem('VALIDATION_FAILED', { errors }) })
  await app.stop()
})
