import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SecondFactorEvent } from '../../../domain/second-factor/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playCodes } from '../../support/domain/code-history.ts'
import { isSuccess } from '../../support/domain/code-scan.ts'

const changes = new Set(['TotpEnrollmentStarted', 'RecoveryCodesIssued', 'SecondFactorRemoved'])

/** The log, split after each lock and each right code. */
const stretches = (log: readonly SecondFactorEvent[]) => {
  const ends = log.flatMap((event, index) => (event.type === 'CodeEntryLocked' || isSuccess(event) ? [index + 1] : []))
  return [...ends, log.length].map((end, n) => log.slice(ends[n - 1] ?? 0, end).map(({ type }) => type))
}

test('no more codes than the policy allows are counted between two locks or right codes', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, conflicts } = playCodes(history)
      for (const types of stretches(log)) {
        const counted = types.filter((type) => type === 'CodeAttempted').length
        expect(counted).toBeLessThanOrEqual(history.policy.maxAttempts)
        if (counted < history.policy.maxAttempts) continue
        const between = types.slice(types.indexOf('CodeAttempted'), types.lastIndexOf('CodeAttempted'))
        cases.count(between.some((type) => changes.has(type)) ? 'the last attempt, across a change' : 'the last attempt')
      }
      for (const { type } of log) cases.count(type)
      cases.count('a lost race', conflicts)
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(
    10,
    'the last attempt',
    'the last attempt, across a change',
    'a lost race',
    'RecoveryCodesIssued',
    'SecondFactorRemoved',
  )
  cases.expectAtLeast(50, 'CodeEntryLocked', 'CodeAccepted', 'RecoveryCodeUsed', 'CodeRejected', 'TotpEnrollmentConfirmed')
})
