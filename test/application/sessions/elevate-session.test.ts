import { describe, expect, test } from 'vitest'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import { revokeAllSessions, revokeSession } from '../../../application/sessions/revoke-session.ts'
import { countOf, wholeLog } from '../../support/test-app/log.ts'
import { refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { elevating, guess, loggingIn, opens, registering, wrongPassword } from '../../support/test-app/people.ts'
import { interposing } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

type IssuedToken = { session: IssuedSession['session']; token: string }

const isOpen = (app: TestApp, { session, token }: IssuedToken) => opens(app, session.sessionId, token)

const open = async () => {
  const app = await openTestApp()
  return { app, first: await succeed(registering(app)) }
}

describe('elevation', () => {
  test('lasts for its time and replaces the token', async () => {
    const { app, first } = await open()
    const elevated = await succeed(elevating(app, first))
    expect(elevated.session.elevatedUntil).toBe(app.clock.now() + 900_000)
    expect(await isOpen(app, elevated)).toBe(true)
    expect(await isOpen(app, first)).toBe(false)
  })

  test('of one session leaves the others as they are', async () => {
    const { app, first } = await open()
    const other = await succeed(loggingIn(app))
    await succeed(elevating(app, first))
    expect(await isOpen(app, other)).toBe(true)
    expect(await countOf(app, 'SessionElevated')).toBe(1)
  })

  test('with a wrong password changes nothing about the session', async () => {
    const { app, first } = await open()
    expect(await refusalOf(elevating(app, first, wrongPassword))).toEqual({ type: 'invalid_credentials' })
    expect(await isOpen(app, first)).toBe(true)
    expect(await countOf(app, 'SessionElevated')).toBe(0)
  })

  test('is not refused because somebody else has locked the login', async () => {
    const { app, first } = await open()
    await guess(app, 5)
    expect(await refusalOf(loggingIn(app))).toMatchObject({ type: 'locked_out' })
    await succeed(elevating(app, first))
  })

  test('with five wrong passwords ends the session, and locks no login', async () => {
    const { app, first } = await open()
    for (let n = 0; n < 5; n++) expect(await refusalOf(elevating(app, first, wrongPassword))).toEqual({ type: 'invalid_credentials' })
    expect(await isOpen(app, first)).toBe(false)
    expect(await refusalOf(elevating(app, first))).toEqual({ type: 'session_not_active' })
    await succeed(loggingIn(app))
  })

  test('checks no more passwords than the budget, however many are tried at once', async () => {
    const { app, first } = await open()
    const before = app.counts.hashCalls
    await Promise.all(Array.from({ length: 40 }, () => elevating(app, first, wrongPassword)()))
    expect(app.counts.hashCalls - before).toBe(5)
    expect(await isOpen(app, first)).toBe(false)
  })

  test('with the right password many times at once ends no session', async () => {
    const { app, first } = await open()
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => elevating(app, first)()))
    expect(outcomes.filter(({ _tag }) => _tag === 'Right')).toHaveLength(1)
    expect(await countOf(app, 'SessionRevoked')).toBe(0)
  })

  test('is recorded as such, by the account itself', async () => {
    const { app, first } = await open()
    await elevating(app, first, wrongPassword)()
    const [attempt] = (await wholeLog(app)).filter(({ type }) => type === 'ReauthenticationAttempted')
    expect(attempt).toMatchObject({ data: { purpose: 'elevation' }, metadata: { actor: first.session.accountId } })
  })

  test('is refused for a token that was replaced, and for a session that ended or expired', async () => {
    const { app, first } = await open()
    const second = await succeed(elevating(app, first))
    expect(await refusalOf(elevating(app, first))).toEqual({ type: 'session_not_active' })
    await succeed(revokeSession(app.deps)({ ...second.session, because: 'logged_out' }, app.caller))
    expect(await refusalOf(elevating(app, second))).toEqual({ type: 'session_not_active' })
    const third = await succeed(loggingIn(app))
    app.clock.advance(86_400_000)
    expect(await refusalOf(elevating(app, third))).toEqual({ type: 'session_not_active' })
  })

  test('is refused if every session was revoked while the password was checked', async () => {
    const { app, first } = await open()
    const { accountId } = first.session
    const revokeAll = () =>
      succeed(revokeAllSessions(app.deps)({ accountId, because: 'logged_out_everywhere', actor: accountId }, app.caller))
    const node = await app.restart({ store: interposing('ReauthenticationSucceeded', revokeAll) })
    expect(await refusalOf(elevating(node, first))).toEqual({ type: 'session_not_active' })
    expect(await countOf(app, 'SessionElevated')).toBe(0)
  })

  test('opens nothing if every session was revoked at the last moment', async () => {
    const { app, first } = await open()
    const { accountId } = first.session
    const revokeAll = () =>
      succeed(revokeAllSessions(app.deps)({ accountId, because: 'logged_out_everywhere', actor: accountId }, app.caller))
    const node = await app.restart({ store: interposing('SessionElevated', revokeAll) })
    const outcome = await elevating(node, first)()
    if (outcome._tag === 'Right') expect(await isOpen(app, outcome.right)).toBe(false)
    expect(await isOpen(app, first)).toBe(false)
  })
})
