import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestRegistration } from '../../application/accounts/register-verified.ts'
import { emailAddress } from '../support/domain/email-address.ts'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { everyEvent } from '../support/server/recorded-log.ts'
import { responseBytes } from '../support/server/response-bytes.ts'
import { mailTo, mustBe, ticketIn } from '../support/server/second-factor.ts'
import { anId, aSession, cookieOf } from '../support/server/shapes.ts'
import { type InProcess, origin, startTestServer } from '../support/server/start-test-server.ts'

const void_ = { status: 401, body: problem('INVALID_CREDENTIALS') }
const finish = /^Finish your registration$/

const succeeded = <E, A>(outcome: Either<E, A>): A => {
  if (isLeft(outcome)) throw new Error('refused')
  return outcome.right
}

describe('REGISTRATION=verified', () => {
  let app: InProcess
  beforeAll(async () => {
    app = await startTestServer({ env: { REGISTRATION: 'verified' } })
  })
  afterAll(() => app.stop())

  const ask = (email: string, password = person.password) => app.post('/register', { email, password, transport: 'bearer' })
  const confirm = (token: string) => app.post('/register/confirm', { token, transport: 'bearer' })
  const ticketFor = async (email: string, count = 1, password = person.password) => {
    mustBe(202, await ask(email, password))
    return ticketIn(await mailTo(app.dataDir, email, finish, count))
  }

  test('records nothing, tells nothing, and mails a link', async () => {
    const before = (await everyEvent(app.gatebook.store)).filter(({ stream }) => stream.startsWith('account-')).length
    const answer = await ask('new@example.org')
    expect(answer).toMatchObject({ status: 202, body: { status: 'check_email' } })
    await mailTo(app.dataDir, 'new@example.org', finish)
    expect((await everyEvent(app.gatebook.store)).filter(({ stream }) => stream.startsWith('account-'))).toHaveLength(before)
    expect((await app.post('/login', { ...person, email: 'new@example.org', transport: 'bearer' })).status).toBe(401)
  })

  test('the link registers and logs in, once', async () => {
    const ticket = await ticketFor('once@example.org')
    const answer = await confirm(ticket)
    expect(answer).toMatchObject({ status: 201, body: { status: 'authenticated', accountId: anId, session: aSession } })
    expect((await app.get('/session', answer.body.token)).body.email).toBe('once@example.org')
    expect(await confirm(ticket)).toMatchObject({ status: 409, body: problem('EMAIL_TAKEN') })
    expect((await app.logIn({ email: 'once@example.org' })).token).toEqual(expect.any(String))
  })

  test('sets a cookie for a browser', async () => {
    const token = await ticketFor('cookie@example.org')
    const answer = await app.send({ method: 'POST', path: '/register/confirm', body: { token }, origin })
    expect(answer.body.token).toBeUndefined()
    expect((await app.send({ method: 'GET', path: '/secure/user', cookie: cookieOf(answer).token })).status).toBe(200)
  })

  test('whether the address is taken only its owner learns, by another mail', async () => {
    await confirm(await ticketFor('taken@example.org'))
    const [taken, free] = [await ask('taken@example.org', 'of a stranger, long'), await ask('free@example.org', 'of a stranger, long')]
    expect(responseBytes(taken)).toBe(responseBytes(free))
    const mail = await mailTo(app.dataDir, 'taken@example.org', /^You already have an account$/)
    expect(ticketIn(mail)).toBe('')
    const { body } = await app.post('/login', { email: 'taken@example.org', password: 'of a stranger, long', transport: 'bearer' })
    expect(body.code).toBe('INVALID_CREDENTIALS')
  })

  test('of two links for one address the first that is used wins, with its own password', async () => {
    const first = await ticketFor('rivals@example.org', 1, 'the first passphrase')
    const second = await ticketFor('rivals@example.org', 2, 'the second passphrase')
    expect((await confirm(second)).status).toBe(201)
    expect((await confirm(first)).status).toBe(409)
    const logIn = (password: string) => app.post('/login', { email: 'rivals@example.org', password, transport: 'bearer' })
    expect((await logIn('the first passphrase')).status).toBe(401)
    expect((await logIn('the second passphrase')).status).toBe(200)
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
    const answers = await Promise.all(['made up', ticket.slice(0, -3), resetting].map(confirm))
    for (const answer of answers) {
      expect(answer).toMatchObject(void_)
      expect(responseBytes(answer)).toBe(responseBytes(answers[0] as (typeof answers)[0]))
    }
    const reset = await app.post('/password/reset/confirm', { token: ticket, newPassword: 'another long passphrase' })
    expect(reset).toMatchObject(void_)
  })

  test('a password that may not be chosen is refused alike, whoever has the address', async () => {
    await confirm(await ticketFor('weak@example.org'))
    const [taken, free] = [await ask('weak@example.org', 'password'), await ask('weak-and-free@example.org', 'password')]
    expect(taken.status).toBe(422)
    expect(responseBytes(taken)).toBe(responseBytes(free))
  })

  test('the link reaches an address of 16 musical signs', async () => {
    const email = `${'𝄞'.repeat(16)}@example.org`
    expect((await confirm(await ticketFor(email))).body.status).toBe('authenticated')
  })

  test('an address and a password of the greatest length fit into a link', async () => {
    const email = emailAddress(`${'𝄞'.repeat(16)}@${`${'a'.repeat(63)}.`.repeat(2)}${'a'.repeat(61)}`)
    const chosen = { email, password: '𝄢'.repeat(1024) }
    const { text } = succeeded(await requestRegistration(app.gatebook.ports)(chosen)())
    expect((await confirm(/#(\S+)/.exec(text)?.[1] ?? '')).body.status).toBe('authenticated')
  })
})

test.each(['open', 'closed'])('with REGISTRATION=%s there is nothing to confirm', async (registration) => {
  const app = await startTestServer({ env: { REGISTRATION: registration } })
  const answer = await app.post('/register/confirm', { token: 'any', transport: 'bearer' })
  expect(answer).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
  await app.stop()
})
