import { right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { evolveCodeEntry, initialCodeEntry, isUntouched, rejectCode } from '../../../domain/second-factor/code-entry.ts'
import type { SecondFactorEvent } from '../../../domain/second-factor/events.ts'
import { attemptId, sessionId } from '../../support/domain/ids.ts'
import { accepted, attempted, locked, minute, rejected } from '../../support/domain/second-factor-examples.ts'
import { later } from '../../support/domain/time.ts'

const policy = { maxAttempts: 2, lockout: minute, lockoutMax: 3 * minute }
const stateOf = (...events: readonly SecondFactorEvent[]) => events.reduce(evolveCodeEntry, initialCodeEntry)
const inSession = (n: number) => attempted(n, 'elevation', 0, sessionId(1))
const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => attemptId(from + n))
const range = (from: number, to: number, event: (n: number) => SecondFactorEvent) =>
  Array.from({ length: to - from + 1 }, (_, n) => event(from + n))

describe('the codes that are being checked', () => {
  const pendingAfter = (...events: readonly SecondFactorEvent[]) => [...stateOf(...events).pending.keys()]

  test('are a hundred of logins, of which the oldest makes room; those of sessions stay', () => {
    const past = [inSession(500), ...range(1, 100, attempted)]
    expect(pendingAfter(...past)).toEqual([attemptId(500), ...ids(1, 100)])
    expect(pendingAfter(...past, attempted(101))).toEqual([attemptId(500), ...ids(2, 101)])
  })
  test('are a hundred of sessions, of which the oldest makes room; those of logins stay', () => {
    const past = [attempted(500), ...range(1, 100, inSession)]
    expect(pendingAfter(...past)).toEqual([attemptId(500), ...ids(1, 100)])
    expect(pendingAfter(...past, inSession(101))).toEqual([attemptId(500), ...ids(2, 101)])
    expect(pendingAfter(...past, attempted(501))).toEqual([...ids(1, 100), attemptId(500), attemptId(501)])
  })
})

describe('a right code', () => {
  test('that comes while codes are locked lifts nothing', () =>
    expect(stateOf(attempted(1), locked(), accepted(1, 101, minute - 1))).toMatchObject({ until: later(minute), consecutiveLocks: 1 }))
  test('that comes when the lock has ended lets the next lock be a short one', () =>
    expect(stateOf(attempted(1), locked(), accepted(1, 101, minute))).toMatchObject({ until: null, consecutiveLocks: 0 }))
})

describe('a wrong code', () => {
  const oneFailure = [attempted(1), rejected(1)]

  test('of a login that spends the budget locks', () =>
    expect(rejectCode(policy, stateOf(...oneFailure, attempted(2)), attemptId(2), later(0))).toEqual(right([rejected(2), locked()])))
  test('of a session counts against the session, and locks no login', () =>
    expect(rejectCode(policy, stateOf(...oneFailure, inSession(2)), attemptId(2), later(0))).toEqual(right([rejected(2)])))
  test('that nobody asked to check locks nothing', () =>
    expect(rejectCode(policy, stateOf(...oneFailure), attemptId(2), later(0))).toEqual(right([rejected(2)])))
})

test.each([
  [true, {}],
  [false, { budget: { failures: 1, pending: new Map() } }],
  [false, { until: later(0) }],
  [false, { consecutiveLocks: 1 }],
  [false, { failuresInARow: 1 }],
])('code entry is untouched until something was wrong: %s for %j', (untouched, change) =>
  expect(isUntouched({ ...initialCodeEntry, ...change })).toBe(untouched),
)
