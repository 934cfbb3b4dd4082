import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Command, emailClaim } from '../../../domain/email-claim/decider.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { accountId } from '../../support/domain/ids.ts'
import { interleave, someTurns } from '../../support/domain/interleave.ts'
import { tally } from '../../support/domain/tally.ts'

const move = fc.record({ do: fc.constantFrom('claim' as const, 'release' as const), who: fc.integer({ min: 1, max: 3 }) })

const userOf = ({ do: what, who }: { do: 'claim' | 'release'; who: number }) => [
  (at: Instant): Command =>
    what === 'claim' ? { do: what, accountId: accountId(who), at } : { do: what, accountId: accountId(who), because: 'account_erased', at },
]

const aHistory = fc.record({ moves: fc.array(move, { minLength: 10, maxLength: 20 }), turns: someTurns(19, fc.nat(9)) })

test('an address has one owner at any time', () => {
  const seen = tally()
  fc.assert(
    fc.property(aHistory, ({ moves, turns }) => {
      const { log, conflicts } = interleave(emailClaim, [], moves.map(userOf), turns)
      let owner: string | null = null
      for (const { type, data } of log) {
        expect(owner).toBe(type === 'EmailClaimed' ? null : data.accountId)
        owner = type === 'EmailClaimed' ? data.accountId : null
        seen.saw(type)
      }
      const state = log.reduce(emailClaim.evolve, emailClaim.initial)
      expect(state.is === 'claimed' ? state.by : null).toBe(owner)
      seen.saw('a lost race', conflicts)
    }),
    { numRuns: 200 },
  )
  seen.expectAtLeast(20, 'EmailClaimed', 'EmailReleased', 'a lost race')
})

test('nobody claims or releases an address for anybody else', () => {
  const seen = tally()
  fc.assert(
    fc.property(aHistory, ({ moves, turns }) => {
      for (const { user, events, refusal } of interleave(emailClaim, [], moves.map(userOf), turns).outcomes) {
        for (const { data } of events) expect(data.accountId).toBe(accountId(moves[user]?.who ?? 0))
        seen.saw(refusal ?? (events.length > 0 ? 'done' : 'nothing'))
      }
    }),
  )
  seen.expectAtLeast(20, 'email_taken', 'done', 'nothing')
})
