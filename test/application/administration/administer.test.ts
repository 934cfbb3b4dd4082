import { describe, expect, test } from 'vitest'
import { eraseAccount } from '../../../application/accounts/erase-account.ts'
import { administer, unlock } from '../../../application/administration/administer.ts'
import type { AccountId } from '../../../domain/kernel/ids.ts'
import { accountStream, administratorsStream } from '../../../domain/kernel/streams.ts'
import { countOf, typesOf, wholeLog } from '../../support/world/log.ts'
import { race, refusalOf, succeed } from '../../support/world/outcomes.ts'
import { address, guess, loggingIn, opens, registering, settingUp } from '../../support/world/people.ts'
import { dawdling, interposing } from '../../support/world/stores.ts'
import { type House, openHouse } from '../../support/world.ts'

type Command = Parameters<ReturnType<typeof administer>>[1]

const grace = address('grace')

/** Ada administers, Grace is somebody. */
const open = async () => {
  const house = await openHouse()
  const admin = await succeed(settingUp(house))
  const somebody = await succeed(registering(house, grace))
  return { house, admin, ada: admin.session.accountId, somebody, grace: somebody.session.accountId }
}

const members = async ({ deps }: House) => {
  const { state } = await succeed(deps.load(deps.aggregates.administrators, administratorsStream))
  return state.type === 'set_up' ? [...state.members] : []
}

const by =
  (actor: AccountId) =>
  ({ deps, caller }: House, accountId: AccountId, command: Command) =>
    administer(deps)(accountId, command, actor, caller)

const join: Command = { type: 'grantRole', role: 'admin' }
const leave: Command = { type: 'withdrawRole', role: 'admin' }

describe('an administrator', () => {
  test('disables an account: its sessions end and it is let in no more, until it is enabled', async () => {
    const { house, ada, somebody, grace: id } = await open()
    await succeed(by(ada)(house, id, { type: 'disable' }))
    expect(await opens(house, somebody.session.sessionId, somebody.token)).toBe(false)
    expect(await refusalOf(loggingIn(house, grace))).toEqual({ type: 'invalid_credentials' })
    await succeed(by(ada)(house, id, { type: 'enable' }))
    expect(await opens(house, somebody.session.sessionId, somebody.token)).toBe(false)
    await succeed(loggingIn(house, grace))
  })

  test('is the actor of what is recorded', async () => {
    const { house, ada, grace: id } = await open()
    await succeed(by(ada)(house, id, { type: 'disable' }))
    const recorded = (await wholeLog(house)).at(-1)
    expect(recorded).toMatchObject({ type: 'AccountDisabled', metadata: { actor: ada, correlationId: house.caller.correlationId } })
  })

  test('unlocks a name, and forgets its failures', async () => {
    const { house, ada, grace: id } = await open()
    await guess(house, 5, grace)
    expect(await refusalOf(loggingIn(house, grace))).toMatchObject({ type: 'locked_out' })
    await succeed(unlock(house.deps)(id, ada, house.caller))
    expect(await guess(house, 4, grace)).toHaveLength(4)
    await succeed(unlock(house.deps)(id, ada, house.caller))
    await guess(house, 4, grace)
    await succeed(loggingIn(house, grace))
    await succeed(unlock(house.deps)(id, ada, house.caller))
    expect(await countOf(house, 'LoginUnlocked')).toBe(2)
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
    const { house, ada, grace: id } = await open()
    for (const [, command] of twice) {
      await succeed(by(ada)(house, id, command))
      await succeed(by(ada)(house, id, command))
    }
    expect(await typesOf(house, accountStream(id))).toEqual(['AccountRegistered', ...twice.map(([type]) => type)])
  })

  test('takes nothing from sessions by roles and claims', async () => {
    const { house, ada, somebody, grace: id } = await open()
    await succeed(by(ada)(house, id, { type: 'grantRole', role: 'editor' }))
    await succeed(by(ada)(house, id, { type: 'assertClaim', name: 'publisher', value: true }))
    expect(await opens(house, somebody.session.sessionId, somebody.token)).toBe(true)
  })

  test('finds no account that never was or was erased', async () => {
    const { house, ada, grace: id } = await open()
    await succeed(eraseAccount(house.deps)(id, 'requested_by_admin', ada, house.caller))
    const before = await wholeLog(house)
    for (const absent of [house.deps.newId() as AccountId, id]) {
      for (const command of [...twice.map(([, command]) => command), join, leave]) {
        expect(await refusalOf(by(ada)(house, absent, command))).toEqual({ type: 'no_such_account' })
      }
      expect(await refusalOf(unlock(house.deps)(absent, ada, house.caller))).toEqual({ type: 'no_such_account' })
    }
    expect(await wholeLog(house)).toEqual(before)
  })
})

describe('the role of administrator', () => {
  test('is given and taken on the roster alone, each once', async () => {
    const { house, ada, grace: id } = await open()
    for (const command of [join, join]) await succeed(by(ada)(house, id, command))
    expect(await members(house)).toEqual([ada, id])
    for (const command of [leave, leave]) await succeed(by(ada)(house, id, command))
    expect(await members(house)).toEqual([ada])
    expect(await typesOf(house, administratorsStream)).toEqual(['SetupCompleted', 'AdministratorAdded', 'AdministratorRemoved'])
    expect(await typesOf(house, accountStream(id))).toEqual(['AccountRegistered'])
  })

  test('is taken from whoever is disabled, and not given back when they are enabled', async () => {
    const { house, ada, grace: id } = await open()
    await succeed(by(ada)(house, id, join))
    await succeed(by(ada)(house, id, { type: 'disable' }))
    await succeed(by(ada)(house, id, { type: 'enable' }))
    expect(await members(house)).toEqual([ada])
  })

  test('is not given to whoever is disabled: they could not act, and would be counted', async () => {
    const { house, ada, grace: id } = await open()
    await succeed(by(ada)(house, id, { type: 'disable' }))
    expect(await refusalOf(by(ada)(house, id, join))).toEqual({ type: 'no_such_account' })
    expect(await members(house)).toEqual([ada])
  })

  const goings: readonly (readonly [string, (house: House, id: AccountId) => () => Promise<unknown>])[] = [
    ['disabled', (house, id) => by(id)(house, id, { type: 'disable' })],
    ['erased', ({ deps, caller }, id) => eraseAccount(deps)(id, 'requested_by_admin', id, caller)],
  ]

  test.each(goings)('is not held by an account that is %s at the same time', async (_, going) => {
    for (const type of ['AdministratorAdded', 'AccountDisabled', 'AccountErased']) {
      const { house, ada, grace: id } = await open()
      const joining = by(ada)(house, id, join)
      const act = type === 'AdministratorAdded' ? going(house, id) : joining
      const node = await house.restart({ store: interposing(type, act) })
      await (type === 'AdministratorAdded' ? by(ada)(node, id, join) : going(node, id))()
      expect(await members(house)).toEqual([ada])
    }
  })

  test('of the last one cannot be taken, neither by disabling nor by erasing, and nothing else happens to them', async () => {
    const { house, admin, ada } = await open()
    const before = await wholeLog(house)
    expect(await refusalOf(by(ada)(house, ada, leave))).toEqual({ type: 'last_administrator' })
    expect(await refusalOf(by(ada)(house, ada, { type: 'disable' }))).toEqual({ type: 'last_administrator' })
    expect(await refusalOf(eraseAccount(house.deps)(ada, 'requested_by_owner', ada, house.caller))).toEqual({ type: 'last_administrator' })
    expect(await wholeLog(house)).toEqual(before)
    expect(await opens(house, admin.session.sessionId, admin.token)).toBe(true)
  })

  const removals: readonly (readonly [string, (house: House, id: AccountId, actor: AccountId) => () => Promise<{ _tag: string }>])[] = [
    ['withdrawing the role', (house, id, actor) => by(actor)(house, id, leave)],
    ['disabling', (house, id, actor) => by(actor)(house, id, { type: 'disable' })],
    ['erasing', ({ deps, caller }, id, actor) => eraseAccount(deps)(id, 'requested_by_admin', actor, caller)],
  ]

  test.each(removals)('stays with one of two who remove each other at once on two nodes by %s', async (_, remove) => {
    for (let round = 0; round < 50; round++) {
      const { house, ada, grace: id } = await open()
      await succeed(by(ada)(house, id, join))
      const [one, other] = [await house.restart({ store: dawdling(round) }), await house.restart({ store: dawdling(round + 1000) })]
      const outcomes = await Promise.all([remove(one, id, ada)(), remove(other, ada, id)()])
      expect(outcomes.map(({ _tag }) => _tag).toSorted()).toEqual(['Left', 'Right'])
      const [stays, ...more] = await members(house)
      expect(more).toEqual([])
      expect(await countOf(house, 'AccountDisabled')).toBeLessThanOrEqual(1)
      const { state } = await succeed(house.deps.load(house.deps.aggregates.account, accountStream(stays as AccountId)))
      expect(state.type).toBe('active')
    }
  })

  test('is joined by many at once, and all of them stand on the roster', async () => {
    const { house, ada } = await open()
    const people = await race(Array.from({ length: 20 }, (_, n) => registering(house, address(`person-${n}`))))
    const nodes = [await house.restart({ store: dawdling(1) }), await house.restart({ store: dawdling(2) })]
    await race(people.won.map(({ session: { accountId } }, n) => by(ada)(nodes[n % 2] as House, accountId, join)))
    expect(await members(house)).toHaveLength(21)
  })
})
