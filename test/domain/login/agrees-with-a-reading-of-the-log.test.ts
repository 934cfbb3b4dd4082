import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '../../../domain/kernel/instant.ts'
import { type LoginEvent, timeOf } from '../../../domain/login/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, attempt, playLogin } from '../../support/domain/login-history.ts'
import { failuresAt, locksInARow, pendingAt, standingLock } from '../../support/domain/login-scan.ts'
import { later } from '../../support/domain/time.ts'

type Expected = { left: { type: string; until?: number }; right?: never } | { left?: never; right: { type: string; data?: object }[] }

const outcomeOf = (past: readonly LoginEvent[], at: number, maxAttempts: number): Expected => {
  const lock = standingLock(past)
  if (lock !== null && at < lock.data.until) return { left: { type: 'locked_out', until: lock.data.until } }
  const failures = failuresAt(past, at)
  if (failures >= maxAttempts) return { right: [{ type: 'LoginLocked', data: { consecutiveLocks: locksInARow(past) + 1 } }] }
  return failures + pendingAt(past, at) >= maxAttempts ? { left: { type: 'attempts_pending' } } : { right: [{ type: 'LoginAttempted' }] }
}

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
        const lane = state(past).lanes.get(null)
        expect(lane?.until ?? null).toBe(lock?.data.until ?? null)
        expect(lane?.consecutiveLocks ?? 0).toBe(locksInARow(past))
        const expected = outcomeOf(past, at, history.policy.maxAttempts)
        expect(decision).toMatchObject(expected)
        cases.count((expected.left === undefined ? expected.right[0]?.type : expected.left.type) ?? '')
      }
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(50, 'locked_out', 'attempts_pending', 'LoginAttempted')
  cases.expectAtLeast(5, 'LoginLocked')
})
