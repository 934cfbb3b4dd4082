import fc from 'fast-check'
import { expect, test } from 'vitest'
import { account, type Command } from '../../../domain/account/decider.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { aHistory, playAccount, stateAfter } from '../../support/domain/account-history.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { sealed, sessionId } from '../../support/domain/ids.ts'
import { interleave, someTurns } from '../../support/domain/interleave.ts'

test('of many changes that checked the same password exactly one succeeds, from one session or from several', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, fc.array(fc.nat(2), { minLength: 2, maxLength: 6 }), someTurns(5, fc.nat(9)), (moves, sessions, turns) => {
      const past = playAccount(moves)
      if (stateAfter(past).type !== 'active') return
      const observed = past.length - 1
      const users = sessions.map((session, n) => [
        (at: Instant): Command => ({
          type: 'changePassword',
          passwordHash: sealed(`new-${n}`),
          checkedAt: observed,
          keep: { sessionId: sessionId(900 + session), accountRevision: observed },
          at,
        }),
      ])
      const once = users.map((_, user) => ({ user, wait: 0 }))
      const { outcomes, conflicts } = interleave(account, past, users, [...once, ...turns, ...Array(9).fill(once).flat()])
      const winners = outcomes.filter(({ events }) => events.length > 0)
      expect(outcomes).toHaveLength(sessions.length)
      expect(winners).toHaveLength(1)
      const winner = sessions[winners[0]?.user ?? -1]
      for (const { user, refusal } of outcomes.filter(({ events }) => events.length === 0)) {
        expect(refusal?.type).toBe(sessions[user] === winner ? 'password_outdated' : 'session_ended')
        cases.count(refusal?.type ?? 'nothing')
      }
      cases.count('a lost race', conflicts)
    }),
    { numRuns: 150 },
  )
  cases.expectAtLeast(10, 'password_outdated', 'session_ended', 'a lost race')
})
