import { describe, test } from 'vitest'
import { sessionId } from '../../support/domain/ids.ts'
import * as a from '../../support/domain/second-factor-examples.ts'
import { later } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const { decider, attempted, accepted, rejected, spent, locked, active, removed, issued, started, step, nothing, minute, singleUse } = a

const purposes = ['login', 'elevation', 'removal', 'recovery_codes'] as const

describe('wrong codes', () => {
  const twice = [...active(), attempted(2), attempted(3)]

  test('lock the entry of codes when the last attempt proves wrong', () =>
    given(decider, [...twice, rejected(2)])
      .when(a.settle(3, nothing, 5))
      .then(rejected(3, 5), locked(5)))
  test('do not lock it while another is being checked, which may be right', () =>
    given(decider, twice)
      .when(a.settle(2, nothing, 5))
      .then(rejected(2, 5)))
  test('let the next one wait while others are being checked', () =>
    given(decider, twice)
      .when(a.attempt(4, 'login', 5))
      .thenRefused({ type: 'attempts_pending' }))
  test('lock it when their outcome was lost', () =>
    given(decider, twice)
      .when(a.attempt(4, 'login', minute))
      .then(locked(minute)))
  test('lock it whatever they were given for', () =>
    given(decider, [...active(), attempted(2, 'removal'), rejected(2), attempted(3, 'elevation'), rejected(3)])
      .when(a.attempt(4, 'recovery_codes', 5))
      .then(locked(5)))
  test('do not lock it while an attempt is left', () =>
    given(decider, [...active(), attempted(2)])
      .when(a.settle(2, nothing))
      .then(rejected(2)))
  test('are forgotten with a right one', () =>
    given(decider, [...active(), attempted(2), rejected(2), attempted(3), accepted(3, 101), attempted(4)])
      .when(a.settle(4, nothing))
      .then(rejected(4)))
  test('are forgotten with a recovery code', () =>
    given(decider, [...active(), attempted(2), rejected(2), attempted(3), spent(3, 1), attempted(4)])
      .when(a.settle(4, nothing))
      .then(rejected(4)))
  test('are forgotten when the enrolment is confirmed', () =>
    given(decider, [started(), attempted(1, 'confirmation'), rejected(1), attempted(2, 'confirmation'), a.confirmed(2, 100), attempted(3)])
      .when(a.settle(3, nothing))
      .then(rejected(3)))
  test('are not forgotten when recovery codes are made anew', () =>
    given(decider, [...twice, issued(singleUse(2))])
      .when(a.attempt(4, 'login', 5))
      .then(locked(5)))
  test('are not forgotten when the factor is removed', () =>
    given(decider, [...twice, removed(), started()])
      .when(a.attempt(4, 'confirmation', 5))
      .then(locked(5)))
})

describe('a lock of the entry of codes', () => {
  const past = [...active(), attempted(2), rejected(2), attempted(3), rejected(3), locked()]
  const stillChecked = [...active(), attempted(2), attempted(3), rejected(2), locked()]
  const refused = { type: 'codes_locked' as const, until: later(minute) }

  test.each(purposes)('refuses a code for %s', (purpose) =>
    given(decider, past)
      .when(a.attempt(4, purpose, minute - 1))
      .thenRefused(refused),
  )
  test('ends by itself', () =>
    given(decider, past)
      .when(a.attempt(4, 'login', minute))
      .then(attempted(4, 'login', minute)))
  test('gives all attempts back when it has ended', () =>
    given(decider, [...past, attempted(4, 'login', minute)])
      .when(a.settle(4, nothing, minute))
      .then(rejected(4, minute)))
  test('counts the first attempt after it', () =>
    given(decider, [...past, attempted(4, 'login', minute), rejected(4, minute), attempted(5, 'login', minute)])
      .when(a.settle(5, nothing, minute + 1))
      .then(rejected(5, minute + 1), locked(minute + 1, 2)))
  test('in a row is twice as long as the one before, up to the longest', () =>
    given(decider, [
      ...past,
      attempted(4, 'login', minute),
      rejected(4, minute),
      attempted(5, 'login', minute),
      rejected(5, minute),
      locked(minute, 2),
    ])
      .when(a.attempt(6, 'login', 3 * minute - 1))
      .thenRefused({ type: 'codes_locked', until: later(3 * minute) }))
  test('lets a code that was counted before it be right', () =>
    given(decider, stillChecked)
      .when(a.settle(3, step(101), 9))
      .then(accepted(3, 101, 9)))
  test('is not lifted by such a code', () =>
    given(decider, [...stillChecked, accepted(3, 101, 9)])
      .when(a.attempt(4, 'login', 10))
      .thenRefused(refused))
  test('lets a code that was counted before it be wrong, and does not start again', () =>
    given(decider, stillChecked)
      .when(a.settle(3, nothing, 9))
      .then(rejected(3, 9)))
  test('outlives the second factor', () =>
    given(decider, [...past, removed(), started()])
      .when(a.attempt(4, 'confirmation', 10))
      .thenRefused(refused))
  test('keeps nobody from making other recovery codes, for which the code was given before', () =>
    given(decider, past)
      .when(a.issue(singleUse(2)))
      .then(issued(singleUse(2))))
})

describe('a code of a session', () => {
  const session = sessionId(1)
  const ofSession = (n: number, ms = 0) => attempted(n, 'elevation', ms, session)
  const wrong = [...active(), ofSession(2), rejected(2), ofSession(3), rejected(3), ofSession(4), rejected(4)]

  test('costs logins nothing', () => given(decider, wrong).when(a.attempt(5)).then(attempted(5)))
  test('is not refused because strangers have locked code entry', () =>
    given(decider, [...active(), attempted(2), rejected(2), attempted(3), rejected(3), locked()])
      .when(a.attempt(4, 'elevation', 5, session))
      .then(ofSession(4, 5)))
  test('that is wrong locks nothing: its session counts it', () =>
    given(decider, [...wrong, ofSession(5)])
      .when(a.settle(5, nothing, 5))
      .then(rejected(5, 5)))
})

describe('a hundred wrong codes in a row', () => {
  const many = Array.from({ length: 100 }, (_, n) => [attempted(n + 2, 'elevation', 0, sessionId(n)), rejected(n + 2)]).flat()
  const past = [...active(), ...many]

  test('end the entry of one-time codes, however long ago they were', () =>
    given(decider, past)
      .when(a.attempt(200, 'login', 1e9))
      .thenRefused({ type: 'code_entry_ended' }))
  test('end it for sessions too', () =>
    given(decider, past)
      .when(a.attempt(200, 'elevation', 5, sessionId(1)))
      .thenRefused({ type: 'code_entry_ended' }))
  test('leave recovery codes', () =>
    given(decider, past)
      .when({ ...a.attempt(200), isRecoveryCode: true })
      .then(attempted(200)))
  test('are forgotten with a recovery code', () =>
    given(decider, [...past, attempted(200), spent(200, 1)])
      .when(a.attempt(201))
      .then(attempted(201)))
  test('are not ninety-nine', () => given(decider, past.slice(0, -2)).when(a.attempt(200)).then(attempted(200)))
})

describe('a code that is delivered', () => {
  const sentAt = 30_000
  const stepSent = Math.floor(later(sentAt) / 30_000)
  const past = [...active(), a.sent(sentAt), attempted(2, 'login', sentAt)]

  test('is right if it was sent', () =>
    given(decider, past)
      .when(a.settle(2, step(stepSent), sentAt + 600_000, true))
      .then(accepted(2, stepSent, sentAt + 600_000)))
  test('is wrong after ten minutes', () =>
    given(decider, past)
      .when(a.settle(2, step(stepSent), sentAt + 600_001, true))
      .then(rejected(2, sentAt + 600_001)))
  test.each([-1, 1])('is wrong if it is of another time step: %i', (other) =>
    given(decider, past)
      .when(a.settle(2, step(stepSent + other), sentAt + 30_000, true))
      .then(rejected(2, sentAt + 30_000)),
  )
})
