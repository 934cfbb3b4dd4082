import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playCodes, size } from '../../support/domain/code-history.ts'
import { inForce, isActive, moments } from '../../support/domain/code-scan.ts'

test('the last code of a jump-ahead set ends the second factor in the same breath, and no other code does', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, outcomes } = playCodes(history)
      for (const { event, past, next } of moments(log, 'RecoveryCodeUsed')) {
        const isLast = inForce(past)?.set.scheme === 'jump-ahead' && event.data.number === size
        const ends = next?.type === 'SecondFactorRemoved' && next.data.because === 'last_recovery_code_used'
        expect(ends).toBe(isLast)
        cases.count(isLast ? 'the last' : 'another')
      }
      for (const { past, event } of moments(log, 'SecondFactorRemoved')) expect(isActive([...past, event])).toBe(false)
      const settled = outcomes.filter(({ events }) => events[0]?.type === 'RecoveryCodeUsed')
      for (const { events } of settled) cases.count(events.length === 2 ? 'both at once' : 'one event')
    }),
    { numRuns: 500 },
  )
  cases.expectAtLeast(8, 'the last', 'another', 'both at once', 'one event')
})
