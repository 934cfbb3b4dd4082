import { describe, test } from 'vitest'
import { LoginAttempted, LoginAttemptsRefused } from '../../../domain/login/events.ts'
import {
  accepted,
  attempt,
  attempted,
  decider,
  details,
  locked,
  lockedOnce,
  minute,
  rejected,
  right,
  unlock,
  unlocked,
  wrong,
} from '../../support/domain/login-examples.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

describe('an attempt', () => {
  test('is counted before its password is checked', () => given(decider).when(attempt(1)).then(attempted(1)))

  test('is counted beside another that is not settled yet', () =>
    given(decider, [attempted(1)])
      .when(attempt(2))
      .then(attempted(2)))

  test('beyond the last one waits while others are being checked, which may be right', () =>
    given(decider, [attempted(1), attempted(2)])
      .when(attempt(3, 5))
      .thenRefused({ type: 'attempts_pending' }))

  test('locks, and is not counted, when the outcome of others was lost', () =>
    given(decider, [attempted(1), attempted(2)])
      .when(attempt(3, minute))
      .then(locked(1, minute, minute)))

  test('waits when the outcome of some was lost and others are being checked', () =>
    given(decider, [attempted(1), attempted(2, 5)])
      .when(attempt(3, minute))
      .thenRefused({ type: 'attempts_pending' }))

  test('for a name that nobody has is counted alike', () =>
    given(decider)
      .when({ ...details(1), type: 'attempt', accountId: null, userAgent: null, at: noon })
      .then(LoginAttempted({ ...details(1), accountId: null, userAgent: null, at: noon })))

  test('during a lock is refused and leaves no trace', () =>
    given(decider, lockedOnce)
      .when(attempt(3, minute - 1))
      .thenRefused({ type: 'locked_out', until: later(minute) }))

  test('is counted from the moment the lock ends', () => given(decider, lockedOnce).when(attempt(3, minute)).then(attempted(3, minute)))

  test('after a lock is the first of as many as before', () =>
    given(decider, [...lockedOnce, attempted(3, minute)])
      .when(attempt(4, minute))
      .then(attempted(4, minute)))

  test('after a success is the first of as many as before', () =>
    given(decider, [attempted(1), rejected(1), attempted(2), accepted(2, 0, 1), attempted(3)])
      .when(attempt(4))
      .then(attempted(4)))
})

describe('a password', () => {
  test('that is wrong is recorded', () =>
    given(decider, [attempted(1)])
      .when(wrong(1, 7))
      .then(rejected(1, 7)))

  test('that is right is recorded, with whose it is', () =>
    given(decider, [attempted(1)])
      .when(right(1, 7))
      .then(accepted(1, 7)))

  test('that is wrong at the last attempt locks at once', () =>
    given(decider, [attempted(1), rejected(1), attempted(2)])
      .when(wrong(2, 7))
      .then(rejected(2, 7), locked(1, 7, minute)))

  test('that is wrong does not lock while the last attempt is still being checked', () =>
    given(decider, [attempted(1), attempted(2)])
      .when(wrong(1, 7))
      .then(rejected(1, 7)))

  test('that is wrong locks when all others were', () =>
    given(decider, [attempted(1), attempted(2), rejected(1)])
      .when(wrong(2, 7))
      .then(rejected(2, 7), locked(1, 7, minute)))

  test('that is right at the last attempt does not lock', () =>
    given(decider, [attempted(1), rejected(1), attempted(2)])
      .when(right(2, 7))
      .then(accepted(2, 7, 1)))

  test('of an attempt that was never counted is not settled', () =>
    given(decider).when(right(1)).thenRefused({ type: 'attempt_not_pending' }))

  test('is not settled as wrong after it was right', () =>
    given(decider, [attempted(1), accepted(1)])
      .when(wrong(1))
      .thenRefused({ type: 'attempt_not_pending' }))

  test('is not settled as right after it was wrong', () =>
    given(decider, [attempted(1), rejected(1)])
      .when(right(1))
      .thenRefused({ type: 'attempt_not_pending' }))

  test('is settled though another was settled before it', () =>
    given(decider, [attempted(1), attempted(2), accepted(1)])
      .when(right(2))
      .then(accepted(2)))

  test('that is wrong during a lock is recorded and does not lock again', () =>
    given(decider, [attempted(1), attempted(2), rejected(1), locked(1, 0, minute)])
      .when(wrong(2, 9))
      .then(rejected(2, 9)))

  test('that is right during a lock is recorded', () =>
    given(decider, [attempted(1), attempted(2), rejected(1), locked(1, 0, minute)])
      .when(right(2, 9))
      .then(accepted(2, 9, 1)))

  test('that is right during a lock leaves the lock as it is', () =>
    given(decider, [attempted(1), attempted(2), rejected(1), locked(1, 0, minute), accepted(2, 9, 1)])
      .when(attempt(3, 10))
      .thenRefused({ type: 'locked_out', until: later(minute) }))

  test('is settled after an unlock that came in between', () =>
    given(decider, [...lockedOnce.slice(0, 3), unlocked(5)])
      .when(right(2, 9))
      .then(accepted(2, 9, 1)))
})

describe('a lock', () => {
  const spent = (n: number, ms: number) => [attempted(n, ms), attempted(n + 1, ms), rejected(n, ms), rejected(n + 1, ms)]
  const lockedTwice = [...lockedOnce, ...spent(3, minute), locked(2, minute, 2 * minute)]

  test('in a row is twice as long as the one before', () =>
    given(decider, [...lockedOnce, ...spent(3, minute)])
      .when(attempt(5, minute))
      .then(locked(2, minute, 2 * minute)))

  test('is never longer than the longest', () =>
    given(decider, [...lockedTwice, attempted(5, 3 * minute), attempted(6, 3 * minute), rejected(6, 3 * minute)])
      .when(wrong(5, 3 * minute))
      .then(rejected(5, 3 * minute), locked(3, 3 * minute, 3 * minute)))

  test('after a success is as short as the first', () =>
    given(decider, [...lockedTwice, attempted(5, 3 * minute), accepted(5, 3 * minute), ...spent(6, 3 * minute)])
      .when(attempt(8, 3 * minute))
      .then(locked(1, 3 * minute, minute)))

  test('after a success that came during a lock grows on', () =>
    given(decider, [attempted(9), ...spent(1, 0), locked(1, 0, minute), accepted(9, 5, 2), ...spent(3, minute)])
      .when(attempt(5, minute))
      .then(locked(2, minute, 2 * minute)))

  test('after an unlock is as short as the first', () =>
    given(decider, [...lockedTwice, unlocked(minute), ...spent(5, minute)])
      .when(attempt(7, minute))
      .then(locked(1, minute, minute)))
})

describe('an unlock', () => {
  test('lifts a lock', () => given(decider, lockedOnce).when(unlock(5)).then(unlocked(5)))
  test('lets the next attempt be counted at once', () =>
    given(decider, [...lockedOnce, unlocked(5)])
      .when(attempt(3, 6))
      .then(attempted(3, 6)))
  test('forgets failures before they lock', () =>
    given(decider, [attempted(1), rejected(1)])
      .when(unlock(5))
      .then(unlocked(5)))
  test('gives all attempts back', () =>
    given(decider, [attempted(1), rejected(1), attempted(2), rejected(2), unlocked(5), attempted(3, 6)])
      .when(attempt(4, 6))
      .then(attempted(4, 6)))
  test('of what is not locked is nothing', () => given(decider).when(unlock(5)).thenNothing())
  test('is nothing the second time', () =>
    given(decider, [...lockedOnce, unlocked(5)])
      .when(unlock(6))
      .thenNothing())
  test('after a success is nothing', () =>
    given(decider, [attempted(1), accepted(1)])
      .when(unlock(5))
      .thenNothing())
})

describe('attempts refused during a lock', () => {
  const folded = LoginAttemptsRefused({ count: 3, from: noon, to: later(9) })

  test('are folded into one event', () =>
    given(decider, lockedOnce)
      .when({ type: 'recordRefusedAttempts', count: 3, from: noon, to: later(9) })
      .then(folded))
  test('are nothing if there were none', () =>
    given(decider, lockedOnce)
      .when({ type: 'recordRefusedAttempts', count: 0, from: noon, to: later(9) })
      .thenNothing())
  test('change nothing about the lock', () =>
    given(decider, [...lockedOnce, folded])
      .when(attempt(3, 9))
      .thenRefused({ type: 'locked_out', until: later(minute) }))
  test('do not count as attempts', () =>
    given(decider, [attempted(1), folded])
      .when(attempt(2))
      .then(attempted(2)))
})
