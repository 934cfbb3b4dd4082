import { describe, expect, test } from 'vitest'
import { administer } from '../../../application/administration/administer.ts'
import { changePassword } from '../../../application/passwords/change-password.ts'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import { refreshSession } from '../../../application/sessions/refresh-session.ts'
import { revokeAllSessions, revokeSession } from '../../../application/sessions/revoke-session.ts'
import { countOf, wholeLog } from '../../support/test-app/log.ts'
import { refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { ada, guess, loggingIn, opens, otherPassword, password, registering, wrongPassword } from '../../support/test-app/people.ts'
import { interposing } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const changing = (
  { deps, caller }: TestApp,
  { session: { accountId, sessionId } }: IssuedSession,
  to = otherPassword,
  current = password,
) => changePassword(deps)({ accountId, sessionId, currentPassword: current, newPassword: to }, caller)

const isOpen = (app: TestApp, { session, token }: IssuedSession) => opens(app, session.sessionId, token)

const open = async () => {
  const app = await openTestApp()
  return { app, own: await succeed(registering(app)), other: await succeed(loggingIn(app)) }
}

describe('a change of password', () => {
  test('ends the other sessions and keeps the one it was asked from, with its token and refresh token', async () => {
    const { app, own, other } = await open()
    await succeed(changing(app, own))
    expect(await isOpen(app, own)).toBe(true)
    expect(await isOpen(app, other)).toBe(false)
    expect(await refusalOf(refreshSession(app.deps)(other.refreshToken ?? '', app.caller))).toEqual({ type: 'session_not_active' })
    await succeed(refreshSession(app.deps)(own.refreshToken ?? '', app.caller))
  })

  test('lets nobody in with the old password', async () => {
    const { app, own } = await open()
    await succeed(changing(app, own))
    expect(await refusalOf(loggingIn(app))).toEqual({ type: 'invalid_credentials' })
    await succeed(loggingIn(app, ada, otherPassword))
  })

  test('can follow another, from the session that was kept', async () => {
    const { app, own } = await open()
    await succeed(changing(app, own))
    const between = await succeed(loggingIn(app, ada, otherPassword))
    await succeed(changing(app, own, 'a third one altogether', otherPassword))
    expect(await isOpen(app, own)).toBe(true)
    expect(await isOpen(app, between)).toBe(false)
  })

  test('asked from another session ends the one that was kept before', async () => {
    const { app, own } = await open()
    await succeed(changing(app, own))
    const next = await succeed(loggingIn(app, ada, otherPassword))
    await succeed(changing(app, next, 'a third one altogether', otherPassword))
    expect(await isOpen(app, own)).toBe(false)
    expect(await isOpen(app, next)).toBe(true)
  })

  test('counts wrong passwords against the session, which five of them end', async () => {
    const { app, own } = await open()
    await guess(app, 5)
    for (let n = 0; n < 5; n++)
      expect(await refusalOf(changing(app, own, otherPassword, wrongPassword))).toEqual({ type: 'invalid_credentials' })
    expect(await refusalOf(changing(app, own))).toEqual({ type: 'session_not_active' })
    expect(await countOf(app, 'PasswordReplaced')).toBe(0)
  })

  test('is refused if the session was revoked while the password was checked or the new one hashed', async () => {
    const { app, own } = await open()
    const { accountId, sessionId } = own.session
    const revoke = () => succeed(revokeSession(app.deps)({ accountId, sessionId, because: 'revoked_by_owner' }, app.caller))
    const node = await app.restart({ store: interposing('ReauthenticationSucceeded', revoke) })
    expect(await refusalOf(changing(node, own))).toEqual({ type: 'session_not_active' })
    expect(await countOf(app, 'PasswordReplaced')).toBe(0)
  })

  test('looks at the new password only after the old one, and refuses one that breaks the rules', async () => {
    const { app, own } = await open()
    expect(await refusalOf(changing(app, own, 'short', wrongPassword))).toEqual({ type: 'invalid_credentials' })
    for (const [reason, chosen] of [
      ['too_short', 'short'],
      ['too_common', 'Password1'],
      ['contains_email', 'my ada@example.org key'],
    ] as const) {
      expect(await refusalOf(changing(app, own, chosen))).toEqual({ type: 'password_rejected', reason })
    }
    expect(await countOf(app, 'PasswordReplaced')).toBe(0)
    await succeed(loggingIn(app))
  })

  test('holds the new password in the log as little as the old one', async () => {
    const { app, own } = await open()
    await succeed(changing(app, own))
    const log = JSON.stringify(await wholeLog(app))
    for (const secret of [password, otherPassword, '$argon2']) expect(log).not.toContain(secret)
  })

  const meanwhile = {
    'every session is revoked': ({ deps, caller }: TestApp, { session: { accountId } }: IssuedSession) =>
      succeed(revokeAllSessions(deps)({ accountId, because: 'logged_out_everywhere', actor: accountId }, caller)),
    'the account is disabled': ({ deps, caller }: TestApp, { session: { accountId } }: IssuedSession) =>
      succeed(administer(deps)({ accountId, command: { type: 'disable' }, actor: accountId }, caller)),
  }

  test.each(Object.entries(meanwhile))('keeps no session if meanwhile %s, and changes nothing', async (_, act) => {
    const { app, own } = await open()
    const node = await app.restart({ store: interposing('PasswordReplaced', () => act(app, own)) })
    expect(await refusalOf(changing(node, own))).toEqual({ type: 'session_ended' })
    expect(await isOpen(app, own)).toBe(false)
    expect(await countOf(app, 'PasswordReplaced')).toBe(0)
  })

  test('is refused from a session that ended, before the password is looked at', async () => {
    const { app, own } = await open()
    await succeed(revokeSession(app.deps)({ ...own.session, because: 'logged_out' }, app.caller))
    const before = app.counts.hashCalls
    expect(await refusalOf(changing(app, own))).toEqual({ type: 'session_not_active' })
    expect(app.counts.hashCalls).toBe(before)
  })

  test('does not bring back a session that was logged out at the last moment', async () => {
    const { app, own } = await open()
    const logOut = () => succeed(revokeSession(app.deps)({ ...own.session, because: 'logged_out' }, app.caller))
    const node = await app.restart({ store: interposing('PasswordReplaced', logOut) })
    await changing(node, own)()
    expect(await isOpen(app, own)).toBe(false)
  })

  test('stands if the hash was renewed meanwhile', async () => {
    const { app, own } = await open()
    const renew = async () => succeed(loggingIn(await app.restart({ passes: 2 })))
    const node = await app.restart({ store: interposing('PasswordReplaced', renew) })
    await succeed(changing(node, own))
    expect(await countOf(app, 'PasswordRehashed')).toBe(1)
    await succeed(loggingIn(app, ada, otherPassword))
    expect(await refusalOf(loggingIn(app))).toEqual({ type: 'invalid_credentials' })
  })
})
