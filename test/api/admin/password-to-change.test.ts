import { beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { keysIn, newKey } from '../../support/server/identity-key.ts'
import { problem } from '../../support/server/problem.ts'
import { mustBe, secondFactorIn } from '../../support/server/second-factor.ts'
import { aSession } from '../../support/server/shapes.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

const set = 'a passphrase that was set'
const own = 'a passphrase of their own'
const isVoid = { status: 401, body: problem('INVALID_CREDENTIALS') }

describe('a password that an administrator sets', async () => {
  const { app } = await suiteServer()
  const steps = secondFactorIn(app)
  let root: string
  let people = 0
  beforeAll(async () => {
    root = await app.elevated((await app.setUp(setupToken)).token)
  })

  const logIn = (email: string, password: string) => app.post('/login', { email, password, transport: 'bearer' })
  const choose = (challenge: string, newPassword = own) => app.post('/login/password', { challenge, newPassword, transport: 'bearer' })
  const setFor = (accountId: string, more: object = {}, password = set) =>
    app.put(`/admin/accounts/${accountId}/password`, { password, ...more }, root)
  const somebody = async () => {
    const email = `to-change${++people}@example.org`
    const { accountId } = await app.register({ email })
    mustBe(204, await setFor(accountId))
    return { email, accountId }
  }
  const challengeOf = async (email: string, password = set): Promise<string> => mustBe(200, await logIn(email, password)).challenge

  test('is good for choosing another one, and that logs in', async () => {
    const { email, accountId } = await somebody()
    const begun = await logIn(email, set)
    expect(begun).toMatchObject({ status: 200, body: { status: 'password_change_required', challenge: expect.any(String) } })
    expect(Object.keys(begun.body).sort()).toEqual(['challenge', 'status'])
    expect(begun.headers['set-cookie']).toBeUndefined()
    const { challenge } = begun.body
    for (const path of ['/secure/user', '/session', '/totp']) expect((await app.get(path, challenge)).status).toBe(401)
    const answer = await choose(challenge)
    expect(answer).toMatchObject({ status: 200, body: { status: 'authenticated', accountId, session: { ...aSession, factors: ['pwd'] } } })
    expect((await app.get('/secure/user', answer.body.token)).status).toBe(200)
    expect(await logIn(email, set)).toMatchObject(isVoid)
    expect(await logIn(email, own)).toMatchObject({ status: 200, body: { status: 'authenticated' } })
  })

  test.each([
    ['too_short', 'short'],
    ['unchanged', set],
  ])('leaves the challenge open when the new one is rejected: %s', async (reason, newPassword) => {
    const { email } = await somebody()
    const challenge = await challengeOf(email)
    expect(await choose(challenge, newPassword)).toMatchObject({ status: 422, body: { code: 'PASSWORD_REJECTED', reason } })
    expect(await choose(challenge)).toMatchObject({ status: 200, body: { status: 'authenticated' } })
  })

  test('is replaced by one of many who try at once, and every challenge is void then', async () => {
    const { email } = await somebody()
    const challenges = await Promise.all([challengeOf(email), challengeOf(email)])
    const attempts = Array.from({ length: 6 }, (_, n) => choose(challenges[n % 2] ?? '', `${own} ${n}`))
    const answers = await Promise.all(attempts)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const answer of answers) if (answer.status !== 200) expect(answer).toMatchObject(isVoid)
    for (const challenge of challenges) expect(await choose(challenge, 'yet another passphrase')).toMatchObject(isVoid)
  })

  test('asks for the code before it can be replaced', async () => {
    const { email, accountId, secret } = await steps.somebody(`with-factor${++people}@example.org`)
    mustBe(204, await setFor(accountId))
    const asked = await logIn(email, set)
    expect(asked.body.status).toBe('second_factor_required')
    expect(await choose(asked.body.challenge)).toMatchObject(isVoid)
    const proved = await steps.answer(asked.body.challenge, steps.freshCode(secret))
    expect(proved).toMatchObject({ status: 200, body: { status: 'password_change_required' } })
    expect(await choose(proved.body.challenge)).toMatchObject({ status: 200, body: { session: { factors: ['pwd', 'otp'] } } })
  })

  test('is asked for again if the factor that was proved is gone meanwhile', async () => {
    const { email, accountId, secret } = await steps.somebody(`loses-factor${++people}@example.org`)
    mustBe(204, await setFor(accountId))
    const { challenge } = mustBe(200, await steps.answer(await challengeOf(email), steps.freshCode(secret)))
    mustBe(204, await app.post(`/admin/accounts/${accountId}/reset-second-factor`, undefined, root))
    expect(await choose(challenge)).toMatchObject(isVoid)
    expect((await logIn(email, set)).body.status).toBe('password_change_required')
  })

  test.each([
    ['it is set again', async (id: string) => setFor(id, {}, 'another passphrase that was set')],
    ['the account is disabled', async (id: string) => app.post(`/admin/accounts/${id}/disable`, undefined, root)],
    ['all sessions are ended', async (id: string) => app.post(`/admin/accounts/${id}/logout`, undefined, root)],
  ])('has no open challenge any more once %s', async (_, end) => {
    const { email, accountId } = await somebody()
    const challenge = await challengeOf(email)
    mustBe(204, await end(accountId))
    expect(await choose(challenge)).toMatchObject(isVoid)
  })

  test('is not asked for by a login with a key, which does not use it', async () => {
    const email = `with-key${++people}@example.org`
    const { accountId, token } = await app.register({ email })
    const [key, keys] = [newKey(), keysIn(app)]
    mustBe(201, await keys.link(key, accountId, await app.elevated(token)))
    mustBe(204, await setFor(accountId))
    expect(await keys.logIn(key)).toMatchObject({ status: 200, body: { status: 'authenticated', session: { factors: ['pop'] } } })
    expect((await logIn(email, set)).body.status).toBe('password_change_required')
  })

  test('is said in the audit trail to be replaced', async () => {
    const { email, accountId } = await somebody()
    await choose(await challengeOf(email))
    const { entries } = (await app.get(`/audit?account=${accountId}`, root)).body
    const summaries = entries.map(({ summary }: { summary: string }) => summary)
    expect(summaries).toContain('Password must be changed at the next login')
    expect(summaries).toContain('New password requested')
    expect(summaries).not.toContain('Enrollment of a second factor requested')
  })

  test('need not be changed if the administrator says so', async () => {
    const { email, accountId } = await somebody()
    mustBe(204, await setFor(accountId, { mustChange: false }, own))
    expect(await logIn(email, own)).toMatchObject({ status: 200, body: { status: 'authenticated' } })
  })

  test('must be changed as well when it came with a new account, unless the administrator says otherwise', async () => {
    const create = (email: string, more: object = {}) => app.post('/admin/accounts', { email, password: set, ...more }, root)
    mustBe(201, await create('created@example.org'))
    expect((await logIn('created@example.org', set)).body.status).toBe('password_change_required')
    mustBe(201, await create('kept@example.org', { mustChangePassword: false }))
    expect((await logIn('kept@example.org', set)).body.status).toBe('authenticated')
    const invited = await app.post('/admin/accounts', { email: 'invited@example.org', invite: true, mustChangePassword: true }, root)
    expect(invited).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
  })

  test.each([
    ['a challenge of a login', async () => challengeOf((await steps.somebody(`verify${++people}@example.org`)).email, person.password)],
    ['something made up', async () => 'made up'],
  ])('takes no other challenge: %s', async (_, other) => {
    expect(await choose(await other())).toMatchObject(isVoid)
  })
})
