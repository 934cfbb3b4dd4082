import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeRules } from '../../../domain/second-factor/backtest.ts'
import { CodeAttempted, CodeEntryLocked, CodeRejected } from '../../../domain/second-factor/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playCodes } from '../../support/domain/code-history.ts'
import { attemptId, sessionId } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { locksOf, refusedChecks, tryOut } from '../../support/domain/try-out.ts'

const second = 1_000
const rulesOf = (maxAttempts: number) => codeRules({ maxAttempts, lockout: 60 * second, lockoutMax: 60 * second })
const attempted = (n: number, ms: number, session: ReturnType<typeof sessionId> | null = null) =>
  CodeAttempted({ attemptId: attemptId(n), purpose: session === null ? 'login' : 'elevation', sessionId: session, at: later(ms) })
const rejected = (n: number, ms: number) => CodeRejected({ attemptId: attemptId(n), at: later(ms) })

test('the policy in force reproduces every lock of code entry, and refuses nothing that was checked', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log } = playCodes(history)
      const { recorded, tried } = tryOut(codeRules(history.policy), log)
      expect(locksOf(tried)).toEqual(locksOf(recorded))
      expect(refusedChecks(tried)).toEqual([])
      for (const { type } of locksOf(tried)) cases.count(type)
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(20, 'locked', 'unlocked')
})

describe('another policy', () => {
  const log = [attempted(1, 0), rejected(1, 0), attempted(2, 10), rejected(2, 10), attempted(3, 20), rejected(3, 20)]

  test('locks sooner, and stops the codes that come then', () =>
    expect(tryOut(rulesOf(2), log).tried).toEqual([
      { type: 'locked', until: later(60 * second + 10), at: later(10) },
      { type: 'refused', isRight: false, count: 1, at: later(20) },
    ]))

  test('tells that a code would have been checked which a lock refused', () => {
    const lost = [
      attempted(1, 0),
      attempted(2, 0),
      CodeEntryLocked({ until: later(200 * second), consecutiveLocks: 1, at: later(140 * second) }),
    ]
    expect(tryOut(rulesOf(3), lost).tried).toEqual([{ type: 'admitted', count: 1, at: later(140 * second) }])
    expect(tryOut(rulesOf(2), lost).tried.map(({ type }) => type)).toEqual(['refused', 'locked'])
  })

  test('leaves the codes of a session to the session', () => {
    const own = Array.from({ length: 5 }, (_, n) => [attempted(n, n, sessionId(1)), rejected(n, n)]).flat()
    expect(tryOut(rulesOf(2), own)).toMatchObject({ recorded: [], tried: [] })
  })
})
