import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eraseAccount } from '../../../application/accounts/erase-account.ts'
import { notifyOwner } from '../../../application/notifications/notify-owner.ts'
import { changePassword } from '../../../application/passwords/change-password.ts'
import { resendNoticesAfterCrash } from '../../../infrastructure/background/resend-notices-after-crash.ts'
import { enrolled } from '../../application/second-factor/support.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { address, guess, otherPassword, password, registering } from '../../support/test-app/people.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-told-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

/** The notices that the next start after a kill sends. */
const toldAfterAKill = async (app: TestApp) => {
  resendNoticesAfterCrash(dataDir).opened()
  // The mails of the life before the kill are still under way.
  await new Promise((resolve) => setTimeout(resolve, 50))
  app.mails.splice(0)
  await resendNoticesAfterCrash(dataDir).begin(app.store, notifyOwner(app.deps))()
  return app.mails.map(({ subject }) => subject)
}

const changed = async (app: TestApp) => {
  const { session } = await succeed(registering(app, address('changer')))
  const { accountId, sessionId } = session
  const change = { accountId, sessionId, currentPassword: password, newPassword: otherPassword }
  await succeed(changePassword(app.deps)(change, app.caller))
  return accountId
}

test('the owner is told again of what happened in the last half minute before the newest event, and of nothing older', async () => {
  const app = await openTestApp()
  await enrolled(app)
  app.clock.advance(10_000)
  await changed(app)
  expect(await toldAfterAKill(app)).toEqual(['Your password was changed'])
})

test('of everything that is younger, in its order, however long ago the kill was', async () => {
  const app = await openTestApp()
  await changed(app)
  await enrolled(app)
  app.clock.advance(86_400_000)
  expect(await toldAfterAKill(app)).toEqual(['Your password was changed', 'A second factor is being added', 'A second factor was added'])
})

test('of a lock the owner of the address is notified again; for an address without an account nobody is', async () => {
  const app = await openTestApp()
  await registering(app)()
  await guess(app, 5)
  await guess(app, 5, address('nobody'))
  expect(await toldAfterAKill(app)).toEqual(['Too many failed attempts'])
})

test('over more events than are read at once', async () => {
  const app = await openTestApp({ lockout: { maxAttempts: 2_000 } })
  await changed(app)
  await guess(app, 520, address('nobody'))
  expect(await toldAfterAKill(app)).toEqual(['Your password was changed'])
})

test('but not who is gone', async () => {
  const app = await openTestApp()
  const accountId = await changed(app)
  await succeed(eraseAccount(app.deps)({ accountId, because: 'requested_by_owner', actor: accountId }, app.caller))
  expect(await toldAfterAKill(app)).toEqual([])
})

test('nor anybody after a stop', async () => {
  const app = await openTestApp()
  await changed(app)
  app.notices.splice(0)
  const run = resendNoticesAfterCrash(dataDir)
  run.opened()
  run.closed()
  expect(existsSync(join(dataDir, 'open'))).toBe(false)
  app.mails.splice(0)
  await resendNoticesAfterCrash(dataDir).begin(app.store, notifyOwner(app.deps))()
  expect(app.mails).toEqual([])
})

test('an empty log tells nothing', async () => {
  expect(await toldAfterAKill(await openTestApp())).toEqual([])
})
