import { describe, expect, test } from 'vitest'
import { eraseAccount } from '../../../application/accounts/erase-account.ts'
import { administer, unlock } from '../../../application/administration/administer.ts'
import { streams } from '../../../application/journal/streams.ts'
import type { AccountId } from '../../../domain/kernel/ids.ts'
import { accountStream, administratorsStream } from '../../../domain/kernel/streams.ts'
import { countOf, typesOf, wholeLog } from '../../support/test-app/log.ts'
import { race, refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { address, guess, loggingIn, opens, registering, settingUp } from '../../support/test-app/people.ts'
import { delaying, interposing } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

type Command = Parameters<ReturnType<typeof administer>>[0]['command']

const grace = address('grace')

/** Ada is an administrator, Grace is not. */
const open = async () => {
  const app = await openTestApp()
  const admin = await succeed(settingUp(app))
  const somebody = await succeed(registering(app, grace))
  return { app, admin, ada: admin.session.accountId, somebody, grace: somebody.session.accountId }
}

const members = async ({ deps }: TestApp) => {
  const { state } = await succeed(deps.journal.load(streams.administrators))
  return state.type === 'set_up' ? [...state.members] : []
}

const by =
  (actor: AccountId) =>
  ({ deps, caller }: TestApp, accountId: AccountId, command: Command) =>
    administer(deps)({ accountId, command, actor }, caller)

const join: Command = { type: 'grantRole', role: 'admin' }
const leave: Command = { type: 'withdrawRole', role: 'admin' }

describe('an administrator', () => {
  test('disables an account: its sessions end and it is let in no more, until it is enabled', async () => {
    const { app, ada, somebody, grace: id } = await open()
    await succeed(by(ada)(app, id, { type: 'disable' }))
    expect(await opens(app, somebody.session.sessionId, somebody.token)).toBe(false)
    expect(await refusalOf(loggingIn(app, grace))).toEqual({ type: 'invalid_credentials' })
    await succeed(by(ada)(app, id, { type: 'enable' }))
    expect(await opens(app, somebody.session.sessionId, somebody.token)).toBe(false)
    await succeed(loggingIn(app, grace))
  })

  test('is the actor of what is recorded', async () => {
    const { app, ada, grace: id } = await open()
    await succeed(by(ada)(app, id, { type: 'disable' }))
    const recorded = (await wholeLog(app)).at(-1)
    expect(recorded).toMatchObject({ type: 'AccountDisabled', metadata: { actor: ada, correlationId: app.caller.correlationId } })
  })

  test('unlocks a name, and forgets its failures', async () => {
    const { app, ada, grace: id } = await open()
    await guess(app, 5, grace)
    expect(await refusalOf(loggingIn(app, grace))).toMatchObject({ type: 'locked_out' })
    await succeed(unlock(app.deps)({ accountId: id, actor: ada }, app.caller))
    expect(await guess(app, 4, grace)).toHaveLength(4)
    await succeed(unlock(app.deps)({ accountId: id, actor: ada }, app.caller))
    await guess(app, 4, grace)
    await succeed(loggingIn(app, grace))
    await succeed(unlock(app.deps)({ accountId: id, actor: ada }, app.caller))
    expect(await countOf(app, 'LoginUnlocked')).toBe(2)
  })

  const twice: readonly (readonly [string, Command])[] = [
    ['RoleGranted', { type: 'grantRole', role: 'editor' }],
    ['RoleWithdrawn', { type: 'withdrawRole', role: 'editor' }],
    ['ClaimAsserted', { type: 'assertClaim', name: 'publisher', value: true }],
    ['ClaimAsserted', { type: 'assertClaim', name: 'publisher', value: false }],
    ['ClaimRetracted', { type: 'retractClaim', name: 'publisher' }],
    ['AccountDisabled', { type: 'disable' }],
    ['AccountEnabled', { type: 'enable' }],
  ]

  test('gives and takes roles and claims, disables and enables, each once however often it is said', async () => {
    const { app, ada, grace: id } = await open()
    for (const [, command] of twice) {
      await succeed(by(ada)(app, id, command))
      await succeed(by(ada)(app, id, command))
    }
    expect(await typesOf(app, accountStream(id))).toEqual(['AccountRegistered', ...twice.map(([type]) => type)])
  })

  test('takes nothing from sessions by roles and claims', async () => {
    const { app, ada, somebody, grace: id } = await open()
    await succeed(by(ada)(app, id, { type: 'grantRole', role: 'editor' }))
    await succeed(by(ada)(app, id, { type: 'assertClaim', name: 'publisher', value: true }))
    expect(await opens(app, somebody.session.sessionId, somebody.token)).toBe(true)
  })

  test('finds no account that never was or was erased', async () => {
    const { app, ada, grace: id } = await open()
    await succeed(eraseAccount(app.deps)({ accountId: id, because: 'requested_by_admin', actor: ada }, app.caller))
    const before = await wholeLog(app)
    for (const absent of [app.deps.journal.newId() as AccountId, id]) {
      for (const command of [...twice.map(([, command]) => command), join, leave]) {
        expect(await refusalOf(by(ada)(app, absent, command))).toEqual({ type: 'no_such_account' })
      }
      expect(await refusalOf(unlock(app.deps)({ accountId: absent, actor: ada }, app.caller))).toEqual({ type: 'no_such_account' })
    }
    expect(await wholeLog(app)).toEqual(before)
  })
})

describe('the role of administrator', () => {
  test('is given and taken on the roster alone, each once', async () => {
    const { app, ada, grace: id } = await open()
    for (const command of [join, join]) await succeed(by(ada)(app, id, command))
    expect(await members(app)).toEqual([ada, id])
    for (const command of [leave, leave]) await succeed(by(ada)(app, id, command))
    expect(await members(app)).toEqual([ada])
    expect(await typesOf(app, administratorsStream)).toEqual(['SetupCompleted', 'AdministratorAdded', 'AdministratorRemoved'])
    expect(await typesOf(app, accountStream(id))).toEqual(['AccountRegistered'])
  })

  test('is taken from whoever is disabled, and not given back when they are enabled', async () => {
    const { app, ada, grace: id } = await open()
    await succeed(by(ada)(app, id, join))
    await succeed(by(ada)(app, id, { type: 'disable' }))
    await succeed(by(ada)(app, id, { type: 'enable' }))
    expect(await members(app)).toEqual([ada])
  })

  test('is not given to whoever is disabled: they could not act, and would be counted', async () => {
    const { app, ada, grace: id } = await open()
    await succeed(by(ada)(app, id, { type: 'disable' }))
    expect(await refusalOf(by(ada)(app, id, join))).toEqual({ type: 'no_such_account' })
    expect(await members(app)).toEqual([ada])
  })

  const goings: readonly (readonly [string, (app: TestApp, id: AccountId) => () => Promise<unknown>])[] = [
    ['disabled', (app, id) => by(id)(app, id, { type: 'disable' })],
    ['erased', ({ deps, caller }, id) => eraseAccount(deps)({ accountId: id, because: 'requested_by_admin', actor: id }, caller)],
  ]

  test.each(goings)('is not held by an account that is %s at the same time', async (_, going) => {
    for (const type of ['AdministratorAdded', 'AccountDisabled', 'AccountErased']) {
      const { app, ada, grace: id } = await open()
      const joining = by(ada)(app, id, join)
      const act = type === 'AdministratorAdded' ? going(app, id) : joining
      const node = await app.restart({ store: interposing(type, act) })
      await (type === 'AdministratorAdded' ? by(ada)(node, id, join) : going(node, id))()
      expect(await members(app)).toEqual([ada])
    }
  })

  test('of the last one cannot be taken, neither by disabling nor by erasing, and nothing else happens to them', async () => {
    const { app, admin, ada } = await open()
    const before = await wholeLog(app)
    expect(await refusalOf(by(ada)(app, ada, leave))).toEqual({ type: 'last_administrator' })
    expect(await refusalOf(by(ada)(app, ada, { type: 'disable' }))).toEqual({ type: 'last_administrator' })
    expect(await refusalOf(eraseAccount(app.deps)({ accountId: ada, because: 'requested_by_owner', actor: ada }, app.caller))).toEqual({
      type: 'last_administrator',
    })
    expect(await wholeLog(app)).toEqual(before)
    expect(await opens(app, admin.session.sessionId, admin.token)).toBe(true)
  })

  test('is joined by many at once, and all of them stand on the roster', async () => {
    const { app, ada } = await open()
    const people = await race(Array.from({ length: 20 }, (_, n) => registering(app, address(`person-${n}`))))
    const nodes = [await app.restart({ store: delaying(1) }), await app.restart({ store: delaying(2) })]
    await race(people.won.map(({ session: { accountId } }, n) => by(ada)(nodes[n % 2] as TestApp, accountId, join)))
    expect(await members(app)).toHaveLength(21)
  })
})
