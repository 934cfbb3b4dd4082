import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aHistory, playLogin } from '../../support/domain/login-history.ts'
import { standingLock } from '../../support/domain/login-scan.ts'
import { tally } from '../../support/domain/tally.ts'

test('nothing is attempted while locked', () => {
  const seen = tally()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, outcomes } = playLogin(history)
      for (const [index, event] of log.entries()) {
        const lock = standingLock(log.slice(0, index))
        if (event.type !== 'LoginAttempted' || lock === null) continue
        expect(event.data.at).toBeGreaterThanOrEqual(lock.data.until)
        seen.saw('an attempt after a lock')
      }
      seen.saw('a refusal', outcomes.filter(({ refusal }) => typeof refusal === 'object' && refusal !== null).length)
    }),
    { numRuns: 300 },
  )
  seen.expectAtLeast(50, 'an attempt after a lock', 'a refusal')
})
