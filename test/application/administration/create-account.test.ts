import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test, vi } from 'vitest'
import { administer } from '../../../application/administration/administer.ts'
import { createAccount } from '../../../application/administration/create-account.ts'
import { notifyOwner } from '../../../application/notifications/notify-owner.ts'
import { resendNotices } from '../../../application/notifications/resend-notices.ts'
import type { AccountId } from '../../../domain/kernel/ids.ts'
import { accountStream } from '../../../domain/kernel/streams.ts'
import { later } from '../../support/domain/time.ts'
import { countOf, typesIn, typesOf, wholeLog } from '../../support/test-app/log.ts'
import { race, refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, loggingIn, password, settingUp } from '../../support/test-app/people.ts'
import { crashingBefore, delaying, goneAway, interposing } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const root = address('root')

const withRoot = async () => {
  const app = await openTestApp()
  const { session } = await succeed(settingUp(app, root))
  return { app, actor: session.accountId }
}

type Parts = { readonly password?: string | null; readonly roles?: readonly string[] }

const creating = ({ deps, caller }: TestApp, actor: AccountId, { password: chosen = password, roles = [] }: Parts = {}) =>
  createAccount(deps)({ email: ada, password: chosen, roles, claims: { level: 3 }, actor }, caller)

const granting = ({ deps, caller }: TestApp, accountId: AccountId, actor: AccountId) =>
  administer(deps)({ accountId, actor, command: { type: 'grantRole', role: 'admin' } }, caller)

describe('a crash while an administrator creates an account', () => {
  test('after the claim of the address leaves it to whoever comes a minute later', async () => {
    const { app, actor } = await withRoot()
    const crashing = await app.restart({ store: crashingBefore('AccountRegistered') })
    expect(await refusalOf(creating(crashing, actor))).toEqual(goneAway)
    expect(await refusalOf(creating(app, actor))).toEqual({ type: 'email_taken' })
    app.clock.set(later(60_000))
    await succeed(creating(app, actor, { password: null }))
    const before = (await wholeLog(app)).filter(({ type }) => type === 'RegistrationAbandoned' || type === 'EmailReleased')
    expect(before.map(({ metadata }) => metadata.actor)).toEqual(['system', 'system'])
  })

  test('leaves no account without its roles and claims', async () => {
    const { app, actor } = await withRoot()
    for (const type of ['AccountCreated', 'RoleGranted', 'ClaimAsserted']) {
      const crashing = await app.restart({ store: crashingBefore(type) })
      expect(await refusalOf(creating(crashing, actor, { roles: ['editor'] }))).toEqual(goneAway)
      expect(await countOf(app, 'AccountRegistered')).toBe(1)
      app.clock.advance(60_000)
    }
    const { accountId } = await succeed(creating(app, actor, { roles: ['editor'] }))
    expect(await typesOf(app, accountStream(accountId))).toEqual(['AccountRegistered', 'AccountCreated', 'RoleGranted', 'ClaimAsserted'])
  })

  test('before the role admin leaves an account without it, says so, and the role can be granted', async () => {
    const { app, actor } = await withRoot()
    const crashing = await app.restart({ store: crashingBefore('AdministratorAdded') })
    expect(await refusalOf(creating(crashing, actor, { roles: ['editor', 'admin'] }))).toEqual(goneAway)
    expect(await refusalOf(creating(app, actor, { roles: ['editor', 'admin'] }))).toEqual({ type: 'email_taken' })
    const { session } = await succeed(loggingIn(app))
    await succeed(granting(app, session.accountId, actor))
    expect((await typesIn(app)).filter((type) => type === 'AdministratorAdded')).toHaveLength(1)
  })
})

test('the roles that an account is created with are no news to its owner', async () => {
  const { app, actor } = await withRoot()
  const { accountId } = await succeed(creating(app, actor, { roles: ['editor', 'publisher'] }))
  expect(app.notices).toEqual([])
  await resendNotices(notifyOwner(app.deps), await wholeLog(app))
  expect(app.mails).toEqual([])
  const later = { accountId, actor, command: { type: 'grantRole' as const, role: 'reviewer' } }
  await succeed(administer(app.deps)(later, { ...app.caller, correlationId: app.deps.journal.newId() }))
  expect(app.notices).toEqual(['RoleGranted'])
  await vi.waitFor(() => expect(app.mails).toHaveLength(1))
  await resendNotices(notifyOwner(app.deps), await wholeLog(app))
  expect(app.mails).toHaveLength(2)
})

test('of two nodes that create an account for one address exactly one does', async () => {
  for (let round = 0; round < 25; round++) {
    const { app, actor } = await withRoot()
    const [one, other] = [await app.restart({ store: delaying(round) }), await app.restart({ store: delaying(round + 1000) })]
    const { won, lost } = await race([creating(one, actor), creating(other, actor, { password: null })])
    expect([won.length, lost]).toEqual([1, [{ type: 'email_taken' }]])
    expect(await countOf(app, 'AccountCreated')).toBe(1)
  }
})

test('an administrator who was demoted while the password was hashed creates nothing', async () => {
  const { app, actor } = await withRoot()
  const { accountId: next } = await succeed(creating(app, actor))
  await succeed(granting(app, next, actor))
  const demoting = await app.restart({
    hasher: (hasher) => ({
      ...hasher,
      hash: (...what) =>
        pipe(
          hasher.hash(...what),
          TE.chainFirstTaskK(() =>
            administer(app.deps)({ accountId: next, actor, command: { type: 'withdrawRole', role: 'admin' } }, app.caller),
          ),
        ),
    }),
  })
  const created = createAccount(demoting.deps)({ email: address('grace'), password, roles: [], claims: {}, actor: next }, app.caller)
  expect(await refusalOf(created)).toEqual({ type: 'not_an_administrator' })
  expect(await countOf(app, 'AccountCreated')).toBe(1)
  expect(await countOf(app, 'EmailClaimed')).toBe(2)
})

test('an account that was disabled while it became an administrator is none', async () => {
  const { app, actor } = await withRoot()
  const slow = await app.restart({
    store: interposing('AdministratorAdded', async () => {
      const { session } = await succeed(loggingIn(app))
      await succeed(administer(app.deps)({ accountId: session.accountId, actor, command: { type: 'disable' } }, app.caller))
    }),
  })
  expect(await refusalOf(creating(slow, actor, { roles: ['admin'] }))).toEqual({ type: 'no_such_account' })
  expect(await countOf(app, 'AdministratorRemoved')).toBe(1)
})
