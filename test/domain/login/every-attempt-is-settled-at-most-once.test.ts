import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playLogin } from '../../support/domain/login-history.ts'

test('every attempt is settled at most once, and only after it was counted', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, outcomes } = playLogin(history)
      const pending = new Set<string>()
      for (const event of log) {
        if (event.type === 'LoginAttempted') pending.add(event.data.attemptId)
        if (event.type !== 'PasswordAccepted' && event.type !== 'PasswordRejected') continue
        expect(pending.delete(event.data.attemptId)).toBe(true)
        cases.count('a settlement')
      }
      cases.count('never settled', pending.size)
      cases.count('settled by somebody else', outcomes.filter(({ refusal }) => refusal?.type === 'attempt_not_pending').length)
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(50, 'a settlement', 'never settled', 'settled by somebody else')
})
