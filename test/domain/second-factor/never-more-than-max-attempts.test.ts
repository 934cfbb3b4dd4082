import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SecondFactorEvent } from '../../../domain/second-factor/events.ts'
import { aHistory, playCodes } from '../../support/domain/code-history.ts'
import { isSuccess } from '../../support/domain/code-scan.ts'
import { tally } from '../../support/domain/tally.ts'

const changes = new Set(['TotpEnrollmentStarted', 'RecoveryCodesIssued', 'SecondFactorRemoved'])

/** The log cut after each lock and each right code. */
const stretches = (log: readonly SecondFactorEvent[]) => {
  const ends = log.flatMap((event, index) => (event.type === 'CodeEntryLocked' || isSuccess(event) ? [index + 1] : []))
  return [...ends, log.length].map((end, n) => log.slice(ends[n - 1] ?? 0, end).map(({ type }) => type))
}

test('whatever codes are given for and whatever is enrolled, made anew or removed between: no more than the policy allows are counted between two locks or right ones', () => {
  const seen = tally()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, conflicts } = playCodes(history)
      for (const types of stretches(log)) {
        const counted = types.filter((type) => type === 'CodeAttempted').length
        expect(counted).toBeLessThanOrEqual(history.policy.maxAttempts)
        if (counted < history.policy.maxAttempts) continue
        const between = types.slice(types.indexOf('CodeAttempted'), types.lastIndexOf('CodeAttempted'))
        seen.saw(between.some((type) => changes.has(type)) ? 'the last attempt, across a change' : 'the last attempt')
      }
      for (const { type } of log) seen.saw(type)
      seen.saw('a lost race', conflicts)
    }),
    { numRuns: 300 },
  )
  seen.expectAtLeast(
    10,
    'the last attempt',
    'the last attempt, across a change',
    'a lost race',
    'RecoveryCodesIssued',
    'SecondFactorRemoved',
  )
  seen.expectAtLeast(50, 'CodeEntryLocked', 'CodeAccepted', 'RecoveryCodeUsed', 'CodeRejected', 'TotpEnrollmentConfirmed')
})
