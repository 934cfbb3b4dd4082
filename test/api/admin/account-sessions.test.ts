import { beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { everyEvent } from '../../support/server/recorded-log.ts'
import { mustBe, wrongCode } from '../../support/server/second-factor.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

const nobody = '01890000-0000-7000-8000-000000000000'

describe('what an administrator sees and ends of another account', async () => {
  const { app, steps } = await suiteServer()
  let root: { readonly accountId: string; readonly token: string }
  let people = 0
  const somebody = async () => {
    const email = `somebody${++people}@example.org`
    return { email, ...(await app.register({ email })) }
  }
  const sessionsOf = (id: string, token = root.token) => app.get(`/admin/accounts/${id}/sessions`, token)
  const shown = async (id: string) => mustBe(200, await app.get(`/admin/accounts/${id}`, root.token))
  const elevate = async () => {
    const { accountId, token } = await app.logIn({ email: 'root@example.org' })
    root = { accountId, token: await app.elevated(token) }
  }
  beforeAll(async () => {
    await app.setUp(setupToken)
    await elevate()
  })

  test('are its sessions, as their owner sees them', async () => {
    const { accountId, email, token } = await somebody()
    await app.logIn({ email })
    const own = mustBe(200, await app.get('/sessions', token))
    const seen = mustBe(200, await sessionsOf(accountId))
    expect(seen.sessions).toHaveLength(2)
    expect(seen).toEqual({ ...own, sessions: own.sessions.map((session: object) => ({ ...session, current: false })) })
    expect((await sessionsOf(root.accountId)).body.sessions.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
  })

  test('are recorded as read, of whom and by whom', async () => {
    const { accountId } = await somebody()
    mustBe(200, await sessionsOf(accountId))
    const read = (await everyEvent(app.gatebook.store)).findLast(({ type }) => type === 'DataRead')
    expect(read).toMatchObject({ data: { what: 'sessions', subject: accountId }, metadata: { actor: root.accountId } })
    const { entries } = (await app.get(`/audit?account=${root.accountId}&type=DataRead`, root.token)).body
    expect(entries[0].summary).toBe(`Sessions read: ${accountId}`)
  })

  test('are nothing for others, and nothing of nobody', async () => {
    const { accountId, token } = await somebody()
    expect(await sessionsOf(accountId, token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
    expect(await sessionsOf(nobody)).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
  })

  test('one session is ended at once, the others stay', async () => {
    const { accountId, email, token, session } = await somebody()
    const other = await app.logIn({ email })
    mustBe(204, await app.del(`/admin/accounts/${accountId}/sessions/${session.id}`, root.token))
    expect((await app.get('/session', token)).status).toBe(401)
    expect((await app.get('/session', other.token)).status).toBe(200)
    const ended = (await everyEvent(app.gatebook.store)).findLast(({ type }) => type === 'SessionRevoked')
    expect(ended).toMatchObject({ data: { because: 'revoked_by_admin' }, metadata: { actor: root.accountId } })
    const summaries = (await app.get(`/audit?account=${accountId}&type=SessionRevoked`, root.token)).body.entries
    expect(summaries[0].summary).toBe('Session ended (by an administrator)')
  })

  test('a session of somebody else is not found under an account', async () => {
    const [one, other] = [await somebody(), await somebody()]
    expect(await app.del(`/admin/accounts/${one.accountId}/sessions/${other.session.id}`, root.token)).toMatchObject({ status: 404 })
    expect((await app.get('/session', other.token)).status).toBe(200)
  })

  test('the last login stays when its session ends', async () => {
    const { accountId, token } = await somebody()
    const { lastLoginAt } = await shown(accountId)
    expect(lastLoginAt).toEqual(expect.any(String))
    mustBe(204, await app.post('/logout', undefined, token))
    expect((await shown(accountId)).lastLoginAt).toBe(lastLoginAt)
    app.advance(1000)
    const { session } = await app.logIn({ email: `somebody${people}@example.org` })
    expect((await shown(accountId)).lastLoginAt).toBe(session.grantedAt)
  })

  test('the second factor, and a lock of its codes, which unlocking lifts', async () => {
    const { accountId, email, secret } = await steps.somebody(`somebody${++people}@example.org`)
    expect((await shown(accountId)).secondFactor).toEqual({
      enrolled: true,
      required: false,
      confirmedAt: expect.any(String),
      recoveryCodesLeft: 10,
    })
    const challenge = await steps.challengeOf(email)
    for (let n = 0; n < 6; n += 1) await steps.answer(challenge, wrongCode(steps.codeOf(secret)))
    expect((await steps.answer(challenge, steps.freshCode(secret))).body.code).toBe('LOCKED_OUT')
    await elevate()
    expect(await shown(accountId)).toMatchObject({ codesLockedUntil: expect.any(String), lockedUntil: null })
    mustBe(204, await app.post(`/admin/accounts/${accountId}/unlock`, undefined, root.token))
    expect(await shown(accountId)).toMatchObject({ codesLockedUntil: null, codeEntryEnded: false })
    expect((await steps.answer(await steps.challengeOf(email), steps.freshCode(secret))).status).toBe(200)
  })

  test('a lock of logins, which ends by itself in the view too', async () => {
    const { accountId, email } = await somebody()
    for (let n = 0; n < 6; n += 1) await app.post('/login', { email, password: 'wrong', transport: 'bearer' })
    const { lockedUntil } = await shown(accountId)
    expect(lockedUntil).toEqual(expect.any(String))
    app.advance(Date.parse(lockedUntil) - app.gatebook.ports.journal.now() + 1)
    await elevate()
    expect((await shown(accountId)).lockedUntil).toBeNull()
    expect((await app.post('/login', { ...person, email, transport: 'bearer' })).status).toBe(200)
  })
})
