import { describe, test } from 'vitest'
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
  test('lock it as soon as one is known to be wrong and no attempt is left', () =>
    given(decider, twice)
      .when(a.settle(2, nothing, 5))
      .then(rejected(2, 5), locked(5)))
  test('lock it for whoever never hears the outcome', () =>
    given(decider, twice)
      .when(a.attempt(4, 'login', 5))
      .then(locked(5)))
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
  const past = [...active(), attempted(2), attempted(3), rejected(2), locked()]
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
    given(decider, [...past, attempted(4, 'login', minute), attempted(5, 'login', minute)])
      .when(a.attempt(6, 'login', minute + 1))
      .then(locked(minute + 1)))
  test('lets a code that was counted before it be right', () =>
    given(decider, past)
      .when(a.settle(3, step(101), 9))
      .then(accepted(3, 101, 9)))
  test('is not lifted by such a code', () =>
    given(decider, [...past, accepted(3, 101, 9)])
      .when(a.attempt(4, 'login', 10))
      .thenRefused(refused))
  test('lets a code that was counted before it be wrong, and does not start again', () =>
    given(decider, past)
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
