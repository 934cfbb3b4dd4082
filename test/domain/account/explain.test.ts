import fc from 'fast-check'
import { expect, test } from 'vitest'
import { account } from '../../../domain/account/decider.ts'
import { accountExplainer } from '../../../domain/account/explain.ts'
import { explain } from '../../../domain/kernel/explain/explanation.ts'
import { aHistory, playAccount } from '../../support/domain/account-history.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { explainEach } from '../../support/domain/explained.ts'
import { accountId, blindIndex, sealed } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'

test('of any history of an account, the command of every event leads to it again', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (moves) => {
      const logs: (readonly Parameters<typeof account.evolve>[1][])[] = []
      playAccount(moves, (log) => logs.push([...log]))
      for (const { event, ...explained } of explainEach(accountExplainer, logs.at(-1) ?? [])) {
        expect(explained).toMatchObject({ agrees: true })
        if (explained.agrees) cases.count(explained.command)
        cases.count(event.type)
      }
    }),
    { numRuns: 100 },
  )
  cases.expectAtLeast(20, 'register', 'changePassword', 'resetPassword', 'revokeSessions', 'revokeOtherSessions', 'disable', 'replaceEmail')
})

test('an account with roles and claims is explained as one append', () => {
  const registration = {
    accountId: accountId(1),
    emailIndex: blindIndex(1),
    email: sealed('e'),
    passwordHash: sealed('h'),
    emailVerified: true,
  }
  const rights = { roles: ['editor', 'author'], claims: [{ name: 'publisher', value: true }], isDisabled: true, mustChangePassword: true }
  const command = {
    type: 'create',
    ...registration,
    profile: sealed('p'),
    by: accountId(9),
    isInvited: false,
    ...rights,
    at: later(0),
  } as const
  const decided = account.decide(command, account.initial)
  const log = 'right' in decided ? decided.right : []
  expect(log).toHaveLength(8)
  for (const index of log.keys())
    expect(explain(accountExplainer, account.initial, log, index)).toMatchObject({ agrees: true, command: 'create', recorded: log })
})
