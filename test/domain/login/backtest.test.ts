import fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../../domain/kernel/backtest-rules.ts'
import { loginRules } from '../../../domain/login/backtest.ts'
import { type Command, login } from '../../../domain/login/decider.ts'
import type { LoginEvent } from '../../../domain/login/events.ts'
import { LoginAttemptsRefused, LoginPayloadErased } from '../../../domain/login/events.ts'
import { summaryAt } from '../../../domain/login/summary.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { accountId, deviceId } from '../../support/domain/ids.ts'
import { accepted, attempted, decider, details, locked, minute, rejected, unlocked } from '../../support/domain/login-examples.ts'
import { aHistory, playLogin } from '../../support/domain/login-history.ts'
import { later } from '../../support/domain/time.ts'
import { locksOf, refusedChecks, tryOut } from '../../support/domain/try-out.ts'

const policyOf = (maxAttempts: number) => ({ maxAttempts, lockout: minute, lockoutMax: 3 * minute, challengeLifetime: null })
const today = loginRules(policyOf(2))
const guess = (n: number, ms = 0) => [attempted(n, ms), rejected(n, ms)]
const logIn = (n: number, ms = 0) => [attempted(n, ms), accepted(n, ms)]

describe('the policy in force', () => {
  test('reproduces every lock and every unlock, and refuses nothing that was checked', () => {
    const cases = caseCounter()
    fc.assert(
      fc.property(aHistory, (history) => {
        const { log } = playLogin(history)
        const { recorded, tried, trial } = tryOut(loginRules(history.policy), log)
        expect(locksOf(tried)).toEqual(locksOf(recorded))
        expect(refusedChecks(tried)).toEqual([])
        expect([trial.waiting.size, trial.refused.size]).toEqual([0, 0])
        for (const { type } of locksOf(tried)) cases.count(type)
      }),
      { numRuns: 300 },
    )
    cases.expectAtLeast(50, 'locked', 'unlocked')
  })

  test('also where a lock began with an attempt that was not checked, and where summaries stand between', () => {
    const lost = [attempted(1), attempted(2)]
    const state = lost.reduce(decider.evolve, decider.initial)
    const log = [...lost, locked(1, 2 * minute, minute), summaryAt(state, later(2 * minute))]
    expect(tryOut(today, log).tried).toEqual(tryOut(today, log).recorded)
    const [first, last] = [guess(1), guess(2)]
    const between = [
      ...first,
      ...last,
      summaryAt([...first, ...last].reduce(decider.evolve, decider.initial), later(0)),
      locked(1, 0, minute),
    ]
    expect(tryOut(today, between).tried).toEqual([{ type: 'locked', until: later(minute), at: later(0) }])
  })
})

type Move = { readonly after: number; readonly took: number; readonly isRight: boolean; readonly device: 0 | 1 }

const aMove: fc.Arbitrary<Move> = fc.record({
  after: fc.oneof(fc.nat(2_000), fc.nat(120_000)),
  took: fc.nat(50),
  isRight: fc.nat(4).map((n) => n === 0),
  device: fc.constantFrom(0, 1),
})

/** What a policy records of one attempt after another, and what it refuses. */
const played = (maxAttempts: number, moves: readonly Move[]) => {
  const decider = login(policyOf(maxAttempts))
  const log: LoginEvent[] = []
  const refused: { isRight: boolean; at: number }[] = []
  let state = decider.initial
  let now = 0
  const decide = (command: Command) => {
    const decided = decider.decide(command, state)
    if (isLeft(decided)) return decided.left.type
    log.push(...decided.right)
    state = decided.right.reduce(decider.evolve, state)
    return decided.right[0]?.type
  }
  moves.forEach(({ after, took, isRight, device }, n) => {
    now += after
    const { attemptId, ...rest } = details(n)
    const lane = device === 0 ? null : deviceId(device)
    const begun = decide({ type: 'attempt', attemptId, ...rest, deviceId: lane, at: later(now) })
    now += took
    if (begun === 'LoginAttempted') decide({ type: 'settle', attemptId, matched: isRight ? accountId(1) : null, at: later(now) })
    else refused.push({ isRight, at: later(now) })
  })
  return { log, refused }
}

test('another policy locks and refuses what it would have, had it been in force', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(fc.array(aMove, { minLength: 10, maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (moves, maxAttempts) => {
      const lenient = played(1_000, moves)
      const strict = played(maxAttempts, moves)
      const { tried } = tryOut(loginRules(policyOf(maxAttempts)), lenient.log)
      const locks = strict.log.filter(({ type }) => type === 'LoginLocked').map(({ data }) => data)
      expect(locksOf(tried)).toEqual(
        locks.map((lock) => ({ type: 'locked', until: 'until' in lock && lock.until, at: 'at' in lock && lock.at })),
      )
      expect(refusedChecks(tried)).toEqual(strict.refused.map((refusal) => ({ type: 'refused', count: 1, ...refusal })))
      cases.count('locked', locks.length)
      for (const { isRight } of strict.refused) cases.count(isRight ? 'a login refused' : 'a guess stopped')
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(50, 'locked', 'a login refused', 'a guess stopped')
})

describe('another policy', () => {
  const of = (maxAttempts: number, log: readonly LoginEvent[]): readonly Outcome[] => tryOut(loginRules(policyOf(maxAttempts)), log).tried

  test('keeps an attempt waiting for the one before, and lets it in once that is settled', () => {
    const overlapping = [attempted(1), attempted(2), accepted(1, 10), rejected(2, 20)]
    expect(of(1, overlapping)).toEqual([{ type: 'locked', until: later(minute + 20), at: later(20) }])
    const bothWrong = [attempted(1), attempted(2), rejected(1, 10), rejected(2, 20)]
    expect(of(1, bothWrong)).toEqual([
      { type: 'locked', until: later(minute + 10), at: later(10) },
      { type: 'refused', isRight: false, count: 1, at: later(20) },
    ])
  })

  test('tells of attempts that nobody checked whether they would have been', () => {
    const refused = LoginAttemptsRefused({ count: 7, from: later(1_000), to: later(2_000) })
    const log = [...guess(1), ...guess(2), locked(1, 0, minute), refused]
    expect(of(2, log)).toContainEqual({ type: 'refused', isRight: null, count: 7, at: later(1_000) })
    expect(of(3, log)).toEqual([{ type: 'admitted', count: 7, at: later(1_000) }])
    const unchecked = [attempted(1), attempted(2), locked(1, 2 * minute, minute)]
    expect(of(3, unchecked)).toEqual([{ type: 'admitted', count: 1, at: later(2 * minute) }])
  })

  test('counts only as much of a lock as an unlock leaves', () => {
    const log = [...guess(1), ...guess(2), locked(1, 0, minute), unlocked(15_000), ...logIn(3, 20_000)]
    expect(of(2, log).slice(1)).toEqual([{ type: 'unlocked', shortened: 45_000, at: later(15_000) }])
    expect(of(1, log).at(-1)).toEqual({ type: 'unlocked', shortened: 45_000, at: later(15_000) })
  })

  test('begins again with the summary where what stood before it was erased', () => {
    const state = [...guess(1)].reduce(decider.evolve, decider.initial)
    const erased = LoginPayloadErased({
      eventType: 'LoginAttempted',
      eventVersion: 1,
      accountId: null,
      sha256: 'a'.repeat(64) as never,
      at: later(0),
    })
    const rest = [summaryAt(state, later(5)), ...guess(2, 10), locked(1, 10, minute)]
    expect(of(2, [erased, ...rest])).toEqual([{ type: 'locked', until: later(minute + 10), at: later(10) }])
    expect(of(2, rest)).toEqual([{ type: 'admitted', count: 1, at: later(10) }].slice(1))
  })

  test('forgets an attempt whose outcome was lost', () => {
    const log = [...guess(1), attempted(2, 10), ...logIn(3, 3 * minute)]
    expect(tryOut(loginRules(policyOf(1)), log).trial.refused.size).toBe(0)
  })
})
