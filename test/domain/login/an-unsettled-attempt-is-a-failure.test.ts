import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, attempt, playLogin } from '../../support/domain/login-history.ts'
import { failuresAt } from '../../support/domain/login-scan.ts'
import { later } from '../../support/domain/time.ts'

test('attempts whose outcome was lost lock as wrong ones do', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, state, decider } = playLogin(history)
      const left = history.policy.maxAttempts - failuresAt(log, later(1_000_000_000))
      const after = [...log]
      for (let n = 0; n <= left; n++) {
        const decision = decider.decide(attempt(100 + n, later(1_000_000_000 + n * 60_000)), state(after))
        after.push(...(isRight(decision) ? decision.right : []))
      }
      const expected = [...Array.from({ length: left }, () => 'LoginAttempted'), 'LoginLocked']
      expect(after.slice(log.length).map(({ type }) => type)).toEqual(expected)
      cases.count(left === 0 ? 'none left' : 'some left')
      if (left > 0 && left < history.policy.maxAttempts) cases.count('some spent')
    }),
    { numRuns: 500 },
  )
  cases.expectAtLeast(5, 'none left', 'some left', 'some spent')
})
