import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Command, emailClaim } from '../../../domain/email-claim/decider.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { accountId } from '../../support/domain/ids.ts'
import { interleave, someTurns } from '../../support/domain/interleave.ts'

const move = fc.record({ type: fc.constantFrom('claim' as const, 'release' as const), who: fc.integer({ min: 1, max: 3 }) })

const userOf = ({ type: what, who }: { type: 'claim' | 'release'; who: number }) => [
  (at: Instant): Command =>
    what === 'claim'
      ? { type: what, accountId: accountId(who), releases: null, at }
      : { type: what, accountId: accountId(who), because: 'account_erased', at },
]

const aHistory = fc.record({ moves: fc.array(move, { minLength: 10, maxLength: 20 }), turns: someTurns(19, fc.nat(9)) })

test('an address has one owner at any time, and nobody else puts them out', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, ({ moves, turns }) => {
      const { log, outcomes, conflicts } = interleave(emailClaim, [], moves.map(userOf), turns)
      let owner: string | null = null
      for (const { type, data } of log) {
        if (type === 'EmailClaimSummarized') throw new Error('deciders record no summaries')
        expect(owner).toBe(type === 'EmailClaimed' ? null : data.accountId)
        owner = type === 'EmailClaimed' ? data.accountId : null
        cases.count(type)
      }
      const state = log.reduce(emailClaim.evolve, emailClaim.initial)
      expect(state.type === 'claimed' ? state.by : null).toBe(owner)
      cases.count('a lost race', conflicts)
      cases.count('refused', outcomes.filter(({ refusal }) => refusal?.type === 'email_taken').length)
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(20, 'EmailClaimed', 'EmailReleased', 'refused', 'a lost race')
})
