import { describe, expect, test } from 'vitest'
import { eraseAccount } from '../../application/accounts/erase-account.ts'
import { administer } from '../../application/administration/administer.ts'
import { changePassword } from '../../application/passwords/change-password.ts'
import type { IssuedSession } from '../../application/sessions/grant-session.ts'
import { revokeAllSessions } from '../../application/sessions/revoke-session.ts'
import { countOf } from '../support/test-app/log.ts'
import { refusalOf, succeed } from '../support/test-app/outcomes.ts'
import { ada, loggingIn, opens, otherPassword, password, registering } from '../support/test-app/people.ts'
import { interposing } from '../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const replacePassword = ({ deps, caller }: TestApp, { session: { accountId, sessionId } }: IssuedSession) =>
  succeed(changePassword(deps)({ accountId, sessionId, currentPassword: password, newPassword: otherPassword }, caller))

const change = ({ deps, caller }: TestApp, { session: { accountId } }: IssuedSession, to: 'disable' | 'enable') =>
  succeed(administer(deps)({ accountId, command: { type: to }, actor: accountId }, caller))

/** A login on one node, while another node changes the account just before the login's event of `type` is recorded. */
const whileLoggingIn = async (type: string, act: (other: TestApp, before: IssuedSession) => Promise<unknown>) => {
  const app = await openTestApp()
  const before = await succeed(registering(app))
  const other = await app.restart()
  const node = await app.restart({ store: interposing(type, () => act(other, before)) })
  return { app, node, before, attempt: loggingIn(node) }
}

const moments = ['LoginAttempted', 'PasswordAccepted', 'SessionGranted']

describe('a session granted by a log-in', () => {
  test.each(moments)('is dead if the password is replaced just before %s', async (moment) => {
    const { app, attempt } = await whileLoggingIn(moment, replacePassword)
    const { session, token } = await succeed(attempt)
    expect(await countOf(app, 'PasswordReplaced')).toBe(1)
    expect(await opens(app, session.sessionId, token)).toBe(false)
    expect(await refusalOf(loggingIn(app))).toEqual({ type: 'invalid_credentials' })
    await succeed(loggingIn(app, ada, otherPassword))
  })

  test.each(moments)('is dead if the account is disabled just before %s, and stays so when it is enabled again', async (moment) => {
    const { app, attempt, before } = await whileLoggingIn(moment, (other, before) => change(other, before, 'disable'))
    const { session, token } = await succeed(attempt)
    expect(await opens(app, session.sessionId, token)).toBe(false)
    await change(app, before, 'enable')
    expect(await opens(app, session.sessionId, token)).toBe(false)
    expect(await opens(app, before.session.sessionId, before.token)).toBe(false)
    const again = await succeed(loggingIn(app))
    expect(await opens(app, again.session.sessionId, again.token)).toBe(true)
  })

  test.each(moments)('is dead if every session is revoked just before %s', async (moment) => {
    const { app, attempt } = await whileLoggingIn(moment, ({ deps, caller }, { session: { accountId } }) =>
      succeed(revokeAllSessions(deps)({ accountId, because: 'logged_out_everywhere', actor: accountId }, caller)),
    )
    const { session, token } = await succeed(attempt)
    expect(await opens(app, session.sessionId, token)).toBe(false)
  })

  test('is never granted, or dead, if the account is erased meanwhile', async () => {
    for (const moment of moments) {
      const { app, attempt } = await whileLoggingIn(moment, ({ deps, caller }, { session: { accountId } }) =>
        succeed(eraseAccount(deps)({ accountId, because: 'requested_by_owner', actor: accountId }, caller)),
      )
      const outcome = await attempt()
      if (outcome._tag === 'Right') expect(await opens(app, outcome.right.session.sessionId, outcome.right.token)).toBe(false)
      expect(await refusalOf(loggingIn(app))).toEqual({ type: 'invalid_credentials' })
    }
  })

  test('lives if only the hash was renewed meanwhile, or a role granted', async () => {
    const { app, attempt } = await whileLoggingIn('SessionGranted', async (other, { session: { accountId } }) => {
      await succeed(loggingIn(await other.restart({ passes: 2 })))
      await succeed(administer(other.deps)({ accountId, command: { type: 'grantRole', role: 'editor' }, actor: accountId }, other.caller))
    })
    const { session, token } = await succeed(attempt)
    expect(await countOf(app, 'PasswordRehashed')).toBe(1)
    expect(await opens(app, session.sessionId, token)).toBe(true)
  })
})

test('a hash that is renewed while the password is replaced does not bring the old password back', async () => {
  const app = await openTestApp()
  const before = await succeed(registering(app))
  const node = await app.restart({ passes: 2, store: interposing('PasswordRehashed', () => replacePassword(app, before)) })
  await loggingIn(node)()
  expect(await countOf(app, 'PasswordReplaced')).toBe(1)
  expect(await countOf(app, 'PasswordRehashed')).toBe(0)
  expect(await refusalOf(loggingIn(app))).toEqual({ type: 'invalid_credentials' })
  await succeed(loggingIn(app, ada, otherPassword))
})
