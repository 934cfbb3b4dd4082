import { describe, expect, test } from 'vitest'
import { eraseAccount } from '../../../application/accounts/erase-account.ts'
import { administer } from '../../../application/administration/administer.ts'
import { createAccount } from '../../../application/administration/create-account.ts'
import { streams } from '../../../application/journal/streams.ts'
import type { AccountId } from '../../../domain/kernel/ids.ts'
import { countOf } from '../../support/test-app/log.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { address, registering, settingUp } from '../../support/test-app/people.ts'
import { delaying } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

type Command = Parameters<ReturnType<typeof administer>>[0]['command']

const open = async () => {
  const app = await openTestApp()
  const { accountId: ada } = (await succeed(settingUp(app))).session
  const { accountId: grace } = (await succeed(registering(app, address('grace')))).session
  return { app, ada, grace }
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

describe('the role of administrator', () => {
  const removals: readonly (readonly [string, (app: TestApp, id: AccountId, actor: AccountId) => () => Promise<{ _tag: string }>])[] = [
    ['withdrawing the role', (app, id, actor) => by(actor)(app, id, leave)],
    ['disabling', (app, id, actor) => by(actor)(app, id, { type: 'disable' })],
    ['erasing', ({ deps, caller }, id, actor) => eraseAccount(deps)({ accountId: id, because: 'requested_by_admin', actor }, caller)],
  ]

  test.each(removals)('stays with one of two who remove each other at once on two nodes by %s', async (_, remove) => {
    for (let round = 0; round < 50; round++) {
      const { app, ada, grace } = await open()
      await succeed(by(ada)(app, grace, join))
      const [one, other] = [await app.restart({ store: delaying(round) }), await app.restart({ store: delaying(round + 1000) })]
      const outcomes = await Promise.all([remove(one, grace, ada)(), remove(other, ada, grace)()])
      expect(outcomes.map(({ _tag }) => _tag).toSorted()).toEqual(['Left', 'Right'])
      const [stays, ...more] = await members(app)
      expect(more).toEqual([])
      expect(await countOf(app, 'AccountDisabled')).toBeLessThanOrEqual(1)
      const { state } = await succeed(app.deps.journal.load(streams.account(stays as AccountId)))
      expect(state.type).toBe('active')
    }
  })

  test.each(removals)('stays with one who has a password, though somebody invited is an administrator too, by %s', async (_, remove) => {
    for (let round = 0; round < 50; round++) {
      const { app, ada, grace } = await open()
      await succeed(by(ada)(app, grace, join))
      const invited = { email: address('ivy'), password: null, roles: ['admin'], claims: {}, actor: ada }
      const ivy = await succeed(createAccount(app.deps)(invited, app.caller))
      const [one, other] = [await app.restart({ store: delaying(round) }), await app.restart({ store: delaying(round + 1000) })]
      const outcomes = await Promise.all([remove(one, grace, ada)(), remove(other, ada, grace)()])
      expect(outcomes.map(({ _tag }) => _tag).toSorted()).toEqual(['Left', 'Right'])
      expect(await members(app)).toEqual([expect.toBeOneOf([ada, grace]), ivy.accountId])
    }
  })
})
