import fc from 'fast-check'
import { expect, test } from 'vitest'
import { account, type Command } from '../../../domain/account/decider.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { aHistory, playAccount, stateAfter } from '../../support/domain/account-history.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { interleave, someTurns } from '../../support/domain/interleave.ts'
import { later } from '../../support/domain/time.ts'

const pause = 300_000
const wait = fc.oneof(
  { arbitrary: fc.nat(20_000), weight: 3 },
  { arbitrary: fc.nat(200_000), weight: 2 },
  { arbitrary: fc.constant(pause), weight: 1 },
)

test('offers to reset a password are five minutes apart, and none is held back for longer', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, someTurns(29, wait), (moves, turns) => {
      const past = playAccount(moves.filter(({ type }) => type !== 'offer'))
      if (stateAfter(past).type !== 'active') return
      const users = Array.from({ length: 30 }, () => [(at: Instant): Command => ({ type: 'requestReset', at })])
      const { outcomes, conflicts } = interleave(account, past, users, turns)
      let last = later(-pause)
      for (const { command, events, refusal } of outcomes) {
        expect(refusal).toBeNull()
        expect(events.length).toBe(command.at - last >= pause ? 1 : 0)
        cases.count(events.length === 0 ? 'held back' : 'offered')
        if (events.length > 0) last = command.at
      }
      cases.count('a lost race', conflicts)
    }),
    { numRuns: 100 },
  )
  cases.expectAtLeast(20, 'held back', 'offered', 'a lost race')
})
