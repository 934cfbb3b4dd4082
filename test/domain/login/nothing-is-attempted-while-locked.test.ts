import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playLogin } from '../../support/domain/login-history.ts'
import { standingLock } from '../../support/domain/login-scan.ts'

test('nothing is attempted while locked', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, outcomes } = playLogin(history)
      for (const [index, event] of log.entries()) {
        const lock = standingLock(log.slice(0, index))
        if (event.type !== 'LoginAttempted' || lock === null) continue
        expect(event.data.at).toBeGreaterThanOrEqual(lock.data.until)
        cases.count('an attempt after a lock')
      }
      cases.count('a refusal', outcomes.filter(({ refusal }) => typeof refusal === 'object' && refusal !== null).length)
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(50, 'an attempt after a lock', 'a refusal')
})
