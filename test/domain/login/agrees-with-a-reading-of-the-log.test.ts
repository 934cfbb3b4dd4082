import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, attempt, playLogin } from '../../support/domain/login-history.ts'
import { attemptsCounted, locksInARow, standingLock } from '../../support/domain/login-scan.ts'
import { later } from '../../support/domain/time.ts'

test('at every point of every history, what becomes of the next attempt can be read off the list of events', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, fc.nat(40_000), (history, ms) => {
      const { log, state, decider } = playLogin(history)
      for (let length = 0; length <= log.length; length++) {
        const past = log.slice(0, length)
        const lock = standingLock(past)
        const decision = decider.decide(attempt(99, later(ms)), state(past))
        const spent = attemptsCounted(past) >= history.policy.maxAttempts
        expect(state(past)).toMatchObject({ type: lock === null ? 'open' : 'locked', consecutiveLocks: locksInARow(past) })
        if (lock !== null && ms < lock.data.until - later(0)) {
          expect(decision).toMatchObject({ left: { type: 'locked_out', until: lock.data.until } })
          cases.count('refused')
        } else if (spent && lock === null) {
          expect(decision).toMatchObject({ right: [{ type: 'LoginLocked', data: { consecutiveLocks: locksInARow(past) + 1 } }] })
          cases.count('locks')
        } else {
          expect(decision).toMatchObject({ right: [{ type: 'LoginAttempted' }] })
          cases.count('attempted')
        }
      }
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(50, 'refused', 'locks', 'attempted')
})
