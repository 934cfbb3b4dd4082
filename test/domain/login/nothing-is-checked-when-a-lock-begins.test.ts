import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playLogin } from '../../support/domain/login-history.ts'

test('when a lock begins no password is still being checked, so no right one can come back during it', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, state } = playLogin(history)
      for (const [index, { type }] of log.entries()) {
        if (type !== 'LoginLocked') continue
        expect(state(log.slice(0, index + 1)).lanes.get(null)?.budget.pending.size).toBe(0)
        cases.count('a lock')
      }
    }),
    { numRuns: 500 },
  )
  cases.expectAtLeast(50, 'a lock')
})
