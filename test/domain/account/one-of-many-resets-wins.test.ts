import fc from 'fast-check'
import { expect, test } from 'vitest'
import { account, type Command } from '../../../domain/account/decider.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { aHistory, playAccount, stateAfter } from '../../support/domain/account-history.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { sealed } from '../../support/domain/ids.ts'
import { interleave, someTurns } from '../../support/domain/interleave.ts'

test('of many resets with tickets for the same password exactly one succeeds', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, fc.integer({ min: 2, max: 6 }), someTurns(7, fc.nat(9)), (moves, resets, turns) => {
      const past = playAccount(moves)
      const before = stateAfter(past)
      if (before.type !== 'active') return
      const users = [
        ...Array.from({ length: resets }, (_, n) => [
          (at: Instant): Command => ({
            type: 'resetPassword',
            passwordHash: sealed(`new-${n}`),
            passwordRevision: before.passwordRevision,
            at,
          }),
        ]),
        [(at: Instant): Command => ({ type: 'revokeSessions', because: 'logged_out_everywhere', at })],
        [(at: Instant): Command => ({ type: 'grantRole', role: 'another', at })],
      ]
      const once = users.map((_, user) => ({ user, wait: 0 }))
      const { outcomes, conflicts } = interleave(account, past, users, [...once, ...turns, ...Array(9).fill(once).flat()])
      const ofResets = outcomes.filter(({ command }) => command.type === 'resetPassword')
      expect(ofResets).toHaveLength(resets)
      expect(ofResets.filter(({ events }) => events.length === 1)).toHaveLength(1)
      expect(ofResets.filter(({ refusal }) => refusal?.type === 'password_outdated')).toHaveLength(resets - 1)
      cases.count('a lost race', conflicts)
    }),
    { numRuns: 150 },
  )
  cases.expectAtLeast(10, 'a lost race')
})
