import { describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { responseBytes } from '../support/server/response-bytes.ts'
import { failed, mailsTo, mailTo, mustBe, ticketIn } from '../support/server/second-factor.ts'
import { cookieOf } from '../support/server/shapes.ts'
import { origin, setupToken, startTestServer } from '../support/server/start-test-server.ts'
import { suiteServer } from '../support/server/suite-server.ts'

const confirmSubject = /^Confirm your new email address$/
const takenSubject = /^Your email address was asked for$/
const { password } = person
const void_ = { status: 401, body: problem('INVALID_CREDENTIALS') }

describe('a change of the email address', async () => {
  const { app, steps } = await suiteServer()

  const ask = (token: string, email: string, proof: object = { password }) => app.post('/email', { email, ...proof }, token)
  const confirm = (token: string) => app.post('/email/confirm', { token })
  const linkTo = async (email: string, count = 1) => {
    const link = ticketIn(await mailTo(app.dataDir, email, confirmSubject, count))
    await app.gatebook.settled()
    return link
  }
  const change = async (token: string, to: string) => {
    mustBe(202, await ask(token, to))
    mustBe(204, await confirm(await linkTo(to)))
  }

  test('needs a session and the password', async () => {
    const { token } = await app.register({ email: 'asks@example.org' })
    expect(await app.post('/email', { email: 'x@example.org', password })).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await ask(token, 'x@example.org', {})).toMatchObject({ status: 403, body: problem('ELEVATION_REQUIRED') })
    expect(await ask(token, 'x@example.org', { code: '123456' })).toMatchObject({ status: 409, body: problem('NOT_ENROLLED') })
    expect(await ask(token, 'x@example.org', { password: 'not the password' })).toMatchObject(void_)
    expect(await ask(token, 'x@example.org', { password, code: '123456' })).toMatchObject({ status: 400 })
  })

  test('ends the session after five wrong passwords', async () => {
    const { token } = await app.register({ email: 'guessed@example.org' })
    for (let n = 0; n < 5; n += 1) await ask(token, 'x@example.org', { password: 'not the password' })
    expect((await app.get('/session', token)).status).toBe(401)
  })

  test('moves the log-in to the new address, and keeps the session', async () => {
    const { token } = await app.register({ email: 'old@example.org' })
    await change(token, 'new@example.org')
    expect((await app.get('/session', token)).status).toBe(200)
    expect((await app.logIn({ email: 'new@example.org' })).token).toEqual(expect.any(String))
    const [old, nobody] = [await steps.password('old@example.org'), await steps.password('nobody@example.org')]
    expect(old.status).toBe(401)
    expect(responseBytes(old)).toBe(responseBytes(nobody))
    expect((await mailTo(app.dataDir, 'old@example.org', /is being changed/)).body).toContain('another email address')
    expect((await mailTo(app.dataDir, 'old@example.org', /was changed/)).body).toContain('no longer logs in')
    expect((await app.register({ email: 'old@example.org' })).token).toEqual(expect.any(String))
    const root = await app.elevated((await app.setUp(setupToken)).token)
    const found = await app.get('/admin/accounts?email=new@example.org', root)
    expect(found.body.accounts).toMatchObject([{ email: 'new@example.org', emailVerified: true }])
    const types = (await app.get('/audit/me', token)).body.entries.map(({ type }: { type: string }) => type)
    expect(types).toEqual(
      expect.arrayContaining(['EmailReplaced', 'EmailReserved', 'EmailReleased', 'EmailChangeRequested', 'LoginAttempted']),
    )
  })

  test('works once, also with the link opened twice at once', async () => {
    const { token } = await app.register({ email: 'twice@example.org' })
    mustBe(202, await ask(token, 'twice-new@example.org'))
    const link = await linkTo('twice-new@example.org')
    const answers = await Promise.all([confirm(link), confirm(link)])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 401])
    expect(await confirm(link)).toMatchObject(void_)
    expect((await app.logIn({ email: 'twice-new@example.org' })).token).toEqual(expect.any(String))
  })

  test('tells only the mailbox that the address is taken', async () => {
    await app.register({ email: 'taken@example.org' })
    const { token } = await app.register({ email: 'curious@example.org' })
    const [taken, free] = [await ask(token, 'taken@example.org'), await ask(token, 'free@example.org')]
    expect(responseBytes(taken)).toBe(responseBytes(free))
    expect(ticketIn(await mailTo(app.dataDir, 'taken@example.org', takenSubject))).toBe('')
    await linkTo('free@example.org')
  })

  test('has one mail for an address in five minutes', async () => {
    const { token } = await app.register({ email: 'impatient@example.org' })
    for (let n = 0; n < 3; n += 1) mustBe(202, await ask(token, 'calm@example.org'))
    await app.gatebook.settled()
    expect(mailsTo(app.dataDir, 'calm@example.org')).toHaveLength(1)
    expect(mailsTo(app.dataDir, 'impatient@example.org').filter(({ headers }) => /being changed/.test(headers.subject ?? ''))).toHaveLength(
      1,
    )
  })

  test('goes to one of two accounts that want the address', async () => {
    const [one, other] = [await app.register({ email: 'one@example.org' }), await app.register({ email: 'other@example.org' })]
    mustBe(202, await ask(one.token, 'wanted@example.org'))
    const first = await linkTo('wanted@example.org')
    app.advance(5 * 60_000)
    mustBe(202, await ask(other.token, 'wanted@example.org'))
    const second = await linkTo('wanted@example.org', 2)
    const answers = await Promise.all([confirm(first), confirm(second)])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 401])
  })

  test('is void after a day, after a log-out everywhere and after another change, and voids a reset', async () => {
    const late = await app.register({ email: 'late@example.org' })
    mustBe(202, await ask(late.token, 'late-new@example.org'))
    const old = await linkTo('late-new@example.org')
    const gone = await app.register({ email: 'gone@example.org' })
    mustBe(202, await ask(gone.token, 'gone-new@example.org'))
    const ended = await linkTo('gone-new@example.org')
    mustBe(204, await app.post('/logout/everywhere', undefined, gone.token))
    expect(await confirm(ended)).toMatchObject(void_)
    const moved = await app.register({ email: 'moved@example.org' })
    mustBe(202, await ask(moved.token, 'moved-a@example.org'))
    const unused = await linkTo('moved-a@example.org')
    mustBe(202, await app.post('/password/reset', { email: 'moved@example.org' }))
    const reset = ticketIn(await mailTo(app.dataDir, 'moved@example.org', /^Reset your password$/))
    await change(moved.token, 'moved-b@example.org')
    expect(await confirm(unused)).toMatchObject(void_)
    expect(await app.post('/password/reset/confirm', { token: reset, newPassword: 'another long passphrase' })).toMatchObject(void_)
    app.advance(24 * 60 * 60_000)
    expect(await confirm(old)).toMatchObject(void_)
    expect(await confirm('made-up')).toMatchObject(void_)
  })

  test('lifts the lock of the new address, and leaves the one of the old', async () => {
    const { token } = await app.register({ email: 'locked@example.org' })
    for (const email of ['locked@example.org', 'locked-new@example.org'])
      for (let n = 0; n < 6; n += 1) await steps.password(email, { password: 'not the password' })
    expect((await steps.password('locked-new@example.org')).body.code).toBe('LOCKED_OUT')
    await change(token, 'locked-new@example.org')
    expect((await steps.password('locked-new@example.org')).status).toBe(200)
    expect((await steps.password('locked@example.org')).body.code).toBe('LOCKED_OUT')
    const history = (await app.get('/audit/me', token)).body.entries.map(({ type }: { type: string }) => type)
    expect(history).toEqual(expect.arrayContaining(['LoginLocked', 'EmailReplaced', 'LoginUnlocked', 'PasswordAccepted']))
  })

  test('keeps known devices, which strangers do not lock out at the new address', async () => {
    const [from, to] = ['device@example.org', 'device-new@example.org']
    const logIn = (email: string, headers: Record<string, string> = {}) =>
      app.send({ method: 'POST', path: '/login', body: { email, password }, origin, headers })
    const { token } = await app.register({ email: from })
    const name = '__Host-gatebook-device'
    const device = { cookie: `${name}=${cookieOf(await logIn(from), name).token}` }
    await change(token, to)
    for (let n = 0; n < 6; n += 1) await steps.password(to, { password: 'not the password' })
    expect((await logIn(to)).body.code).toBe('LOCKED_OUT')
    const known = await logIn(to, device)
    expect(known.status).toBe(200)
    expect(String(known.headers['set-cookie'])).not.toContain(name)
    expect((await logIn(from, device)).status).toBe(401)
  })

  test('takes a code where there is a second factor, which stays', async () => {
    const { token, secret } = await steps.somebody('two-factors@example.org')
    expect(await ask(token, 'two-new@example.org')).toMatchObject(failed)
    const begun = await steps.challengeOf('two-factors@example.org')
    mustBe(202, await ask(token, 'two-new@example.org', { code: steps.freshCode(secret) }))
    mustBe(204, await confirm(await linkTo('two-new@example.org')))
    expect(await steps.answer(begun, steps.freshCode(secret))).toMatchObject(failed)
    expect((await steps.logInWith('two-new@example.org', steps.freshCode(secret))).token).toEqual(expect.any(String))
  })

  test('needs no proof in an elevated session, and proves the own address', async () => {
    const { token } = await app.register({ email: 'own@example.org' })
    const elevated = await app.elevated(token)
    mustBe(202, await ask(elevated, 'own@example.org', {}))
    mustBe(204, await confirm(await linkTo('own@example.org')))
    expect((await app.logIn({ email: 'own@example.org' })).token).toEqual(expect.any(String))
    await app.gatebook.settled()
    expect(mailsTo(app.dataDir, 'own@example.org').filter(({ headers }) => /was changed/.test(headers.subject ?? ''))).toEqual([])
    const [confirmed] = (await app.get('/audit/me', elevated)).body.entries.filter(({ type }: { type: string }) => type === 'EmailReplaced')
    expect(confirmed).toMatchObject({ summary: 'Email address confirmed' })
  })
})

/** Of four places, the registration has taken one. A right proof is given back as often as the limit is large, and the elevation was one. */
test.each([
  ['without a proof counts', {}, 3],
  ['with the right password is given back', { password }, 6],
])('a change that is asked for again and again %s', async (_which, proof, passing) => {
  const app = await startTestServer({ env: { LOGIN_RATE_PER_MINUTE: '4' } })
  const elevated = await app.elevated((await app.register()).token)
  const statuses: number[] = []
  for (let n = 0; n <= passing; n += 1) statuses.push((await app.post('/email', { email: 'x@example.org', ...proof }, elevated)).status)
  expect(statuses).toEqual([...Array(passing).fill(202), 429])
  await app.stop()
})
