import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SecondFactorEvent } from '../../../domain/second-factor/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playCodes } from '../../support/domain/code-history.ts'
import { isSuccess } from '../../support/domain/code-scan.ts'

const changes = new Set(['TotpEnrollmentStarted', 'RecoveryCodesIssued', 'SecondFactorRemoved'])

const ends = new Set(['CodeEntryLocked', 'CodeEntryUnlocked'])

/** The log, split after each lock, each right code and each unlock. */
const stretches = (log: readonly SecondFactorEvent[]) => {
  const parts = log.flatMap((event, index) => (ends.has(event.type) || isSuccess(event) ? [index + 1] : []))
  return [...parts, log.length].map((end, n) => log.slice(parts[n - 1] ?? 0, end).map(({ type }) => type))
}

test('no more codes than the policy allows are counted between two locks, right codes or unlocks', () => {
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
