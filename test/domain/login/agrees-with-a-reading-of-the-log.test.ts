import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '../../../domain/kernel/instant.ts'
import { timeOf } from '../../../domain/login/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, attempt, playLogin } from '../../support/domain/login-history.ts'
import { failuresAt, locksInARow, pendingAt, standingLock } from '../../support/domain/login-scan.ts'
import { later } from '../../support/domain/time.ts'

test('at every point of every history, what becomes of the next attempt can be read off the list of events', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, fc.nat(40_000), (history, ms) => {
      const { log, state, decider } = playLogin(history)
      for (let length = 0; length <= log.length; length++) {
        const past = log.slice(0, length)
        const lock = standingLock(past)
        const at = instant(Math.max(later(ms), ...past.map(timeOf)))
        const decision = decider.decide(attempt(99, at), state(past))
        const failures = failuresAt(past, at)
        const { maxAttempts } = history.policy
        const lane = state(past).lanes.get(null)
        expect(lane?.until ?? null).toBe(lock?.data.until ?? null)
        expect(lane?.consecutiveLocks ?? 0).toBe(locksInARow(past))
        if (lock !== null && at < lock.data.until) {
          expect(decision).toMatchObject({ left: { type: 'locked_out', until: lock.data.until } })
          cases.count('refused')
        } else if (failures >= maxAttempts) {
          expect(decision).toMatchObject({ right: [{ type: 'LoginLocked', data: { consecutiveLocks: locksInARow(past) + 1 } }] })
          cases.count('locks')
        } else if (failures + pendingAt(past, at) >= maxAttempts) {
          expect(decision).toMatchObject({ left: { type: 'attempts_pending' } })
          cases.count('waits')
        } else {
          expect(decision).toMatchObject({ right: [{ type: 'LoginAttempted' }] })
          cases.count('attempted')
        }
      }
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(50, 'refused', 'waits', 'attempted')
  cases.expectAtLeast(5, 'locks')
})
