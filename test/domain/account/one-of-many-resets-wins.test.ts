import fc from 'fast-check'
import { expect, test } from 'vitest'
import { account, type Command } from '../../../domain/account/decider.ts'
import { linksRevisionOf } from '../../../domain/account/state.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { aHistory, playAccount, stateAfter } from '../../support/domain/account-history.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { sealed } from '../../support/domain/ids.ts'
import { interleave, someTurns } from '../../support/domain/interleave.ts'

test('of many resets with tickets of one moment exactly one succeeds, and none after every session ended', () => {
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
            linksRevision: linksRevisionOf(before),
            at,
          }),
        ]),
        [(at: Instant): Command => ({ type: 'revokeSessions', because: 'logged_out_everywhere', at })],
        [(at: Instant): Command => ({ type: 'grantRole', role: 'another', at })],
      ]
      const once = users.map((_, user) => ({ user, wait: 0 }))
      const { log, outcomes, conflicts } = interleave(account, past, users, [...once, ...turns, ...Array(9).fill(once).flat()])
      const ofResets = outcomes.filter(({ command }) => command.type === 'resetPassword')
      expect(ofResets).toHaveLength(resets)
      const ending = log.slice(past.length).find(({ type }) => type === 'AllSessionsRevoked' || type === 'PasswordReplaced')
      const successes = ending?.type === 'PasswordReplaced' ? 1 : 0
      expect(ofResets.filter(({ events }) => events.length === 1)).toHaveLength(successes)
      expect(ofResets.filter(({ refusal }) => refusal?.type === 'password_outdated')).toHaveLength(resets - successes)
      cases.count(successes === 1 ? 'a reset' : 'none')
      cases.count('a lost race', conflicts)
    }),
    { numRuns: 400 },
  )
  cases.expectAtLeast(10, 'a lost race', 'a reset', 'none')
})
