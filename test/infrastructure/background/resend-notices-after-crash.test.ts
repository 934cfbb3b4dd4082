import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eraseAccount } from '../../../application/accounts/erase-account.ts'
import { changePassword } from '../../../application/passwords/change-password.ts'
import { resendNoticesAfterCrash } from '../../../infrastructure/background/resend-notices-after-crash.ts'
import { enrolled } from '../../application/second-factor/support.ts'
import { succeed } from '../../support/world/outcomes.ts'
import { address, guess, otherPassword, password, registering } from '../../support/world/people.ts'
import { type House, openHouse } from '../../support/world.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-told-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

/** What is told at the next start after a kill, in the words of the notices. */
const toldAfterAKill = async (house: House) => {
  resendNoticesAfterCrash(dataDir).opened()
  house.notices.splice(0)
  await resendNoticesAfterCrash(dataDir).begin(house.store, house.deps)()
  return house.notices.map(({ type: of }) => of)
}

const changed = async (house: House) => {
  const { session } = await succeed(registering(house, address('changer')))
  const { accountId, sessionId } = session
  const change = { accountId, sessionId, currentPassword: password, newPassword: otherPassword }
  await succeed(changePassword(house.deps)(change, house.caller))
  return accountId
}

test('the owner is told again of what happened in the last half minute before the newest event, and of nothing older', async () => {
  const house = await openHouse()
  await enrolled(house)
  house.clock.advance(10_000)
  await changed(house)
  expect(await toldAfterAKill(house)).toEqual(['password_changed'])
})

test('of everything that is younger, in its order, however long ago the kill was', async () => {
  const house = await openHouse()
  await changed(house)
  await enrolled(house)
  house.clock.advance(86_400_000)
  expect(await toldAfterAKill(house)).toEqual(['password_changed', 'second_factor_added'])
})

test('of a lock, whose owner is found by the address that was tried; nobody is told of one for an address that nobody has', async () => {
  const house = await openHouse()
  await registering(house)()
  await guess(house, 5)
  await guess(house, 5, address('nobody'))
  expect(await toldAfterAKill(house)).toEqual(['locked_out'])
})

test('over more events than are read at once', async () => {
  const house = await openHouse({ lockout: { maxAttempts: 2_000 } })
  await changed(house)
  await guess(house, 520, address('nobody'))
  expect(await toldAfterAKill(house)).toEqual(['password_changed'])
})

test('but not who is gone', async () => {
  const house = await openHouse()
  const accountId = await changed(house)
  await succeed(eraseAccount(house.deps)(accountId, 'requested_by_owner', accountId, house.caller))
  expect(await toldAfterAKill(house)).toEqual([])
})

test('nor anybody after a stop', async () => {
  const house = await openHouse()
  await changed(house)
  house.notices.splice(0)
  const run = resendNoticesAfterCrash(dataDir)
  run.opened()
  run.closed()
  expect(existsSync(join(dataDir, 'open'))).toBe(false)
  await resendNoticesAfterCrash(dataDir).begin(house.store, house.deps)()
  expect(house.notices).toEqual([])
})

test('an empty log tells nothing', async () => {
  expect(await toldAfterAKill(await openHouse())).toEqual([])
})
