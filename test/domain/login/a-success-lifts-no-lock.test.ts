import fc from 'fast-check'
import { left } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { instant } from '../../../domain/kernel/instant.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, attempt, playLogin } from '../../support/domain/login-history.ts'
import { standingLock } from '../../support/domain/login-scan.ts'

test('a right password that comes back during a lock neither lifts nor shortens it', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, state, decider } = playLogin(history)
      for (const [index, { type }] of log.entries()) {
        const lock = standingLock(log.slice(0, index))
        if (type !== 'PasswordAccepted' || lock === null) continue
        const { until, consecutiveLocks: run } = lock.data
        const after = state(log.slice(0, index + 1))
        expect(decider.decide(attempt(99, instant(until - 1)), after)).toEqual(left({ type: 'locked_out', until }))
        expect(after.consecutiveLocks).toBe(run)
        cases.count('a success during a lock')
      }
    }),
    { numRuns: 500 },
  )
  cases.expectAtLeast(10, 'a success during a lock')
})
