import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playLogin } from '../../support/domain/login-history.ts'

test('however attempts interleave, no more than the policy allows are counted between two locks, successes or unlocks', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, conflicts } = playLogin(history)
      let counted = 0
      for (const { type } of log) {
        if (type === 'LoginLocked' || type === 'LoginUnlocked' || type === 'PasswordAccepted') counted = 0
        if (type === 'LoginAttempted') counted++
        expect(counted).toBeLessThanOrEqual(history.policy.maxAttempts)
        if (counted === history.policy.maxAttempts) cases.count('the last attempt')
        cases.count(type)
      }
      cases.count('a lost race', conflicts)
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(
    50,
    'the last attempt',
    'LoginLocked',
    'LoginUnlocked',
    'PasswordAccepted',
    'PasswordRejected',
    'LoginAttemptsRefused',
    'a lost race',
  )
})
