import fc from 'fast-check'
import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { instant } from '../../../domain/kernel/instant.ts'
import type { LoginEvent } from '../../../domain/login/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, attempt, playLogin } from '../../support/domain/login-history.ts'
import { locksInARow } from '../../support/domain/login-scan.ts'

const locksOf = (log: readonly LoginEvent[]) =>
  log.flatMap((event, index) =>
    event.type === 'LoginLocked' ? [{ ...event.data, before: log.slice(0, index), upTo: log.slice(0, index + 1) }] : [],
  )

describe('however attempts interleave', () => {
  test('a lock is at least as long as the one before in the row, and at most the longest', () => {
    const cases = caseCounter()
    fc.assert(
      fc.property(aHistory, (history) => {
        let longest = 0
        for (const { consecutiveLocks: run, at, until, before } of locksOf(playLogin(history).log)) {
          const duration = until - at
          const floor = run === 1 ? Math.min(history.policy.lockout, history.policy.lockoutMax) : longest
          expect(run).toBe(locksInARow(before) + 1)
          expect(duration).toBeGreaterThanOrEqual(floor)
          expect(duration).toBeLessThanOrEqual(history.policy.lockoutMax)
          cases.count(duration > floor ? 'a longer lock' : 'a lock as long')
          longest = duration
        }
      }),
      { numRuns: 300 },
    )
    cases.expectAtLeast(30, 'a longer lock', 'a lock as long')
  })

  test('a lock holds up to its last millisecond and then ends by itself', () => {
    const cases = caseCounter()
    fc.assert(
      fc.property(aHistory, (history) => {
        const { log, state, decider } = playLogin(history)
        for (const { until, upTo } of locksOf(log)) {
          const at = (moment: number) => decider.decide(attempt(99, instant(moment)), state(upTo))
          expect(at(until - 1)).toEqual(left({ type: 'locked_out', until }))
          expect(at(until)).toMatchObject({ right: [{ type: 'LoginAttempted' }] })
          cases.count('a lock')
        }
      }),
    )
    cases.expectAtLeast(50, 'a lock')
  })
})
