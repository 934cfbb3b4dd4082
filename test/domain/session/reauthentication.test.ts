import { describe, test } from 'vitest'
import type { Command } from '../../../domain/session/decider.ts'
import {
  ReauthenticationAttempted,
  ReauthenticationFailed,
  ReauthenticationSucceeded,
  SessionFactorWithdrawn,
  SessionRevoked,
} from '../../../domain/session/events.ts'
import { attemptId } from '../../support/domain/ids.ts'
import { cookie, day, decider, elevated, revoked } from '../../support/domain/session-examples.ts'
import { later } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const attempt = (n: number, ms = 0): Command => ({ type: 'attempt', attemptId: attemptId(n), purpose: 'elevation', at: later(ms) })
const settle = (n: number, isRight: boolean, ms = 0): Command => ({ type: 'settle', attemptId: attemptId(n), isRight, at: later(ms) })
const attempted = (n: number, ms = 0) => ReauthenticationAttempted({ attemptId: attemptId(n), purpose: 'elevation', at: later(ms) })
const failed = (n: number, ms = 0) => ReauthenticationFailed({ attemptId: attemptId(n), at: later(ms) })
const succeeded = (n: number, ms = 0) => ReauthenticationSucceeded({ attemptId: attemptId(n), at: later(ms) })
const ended = (ms: number) => SessionRevoked({ because: 'too_many_failures', at: later(ms) })

describe('a password or a code of a session', () => {
  test('is counted before it is checked', () => given(decider, [cookie]).when(attempt(1)).then(attempted(1)))
  test('that is right is recorded', () =>
    given(decider, [cookie, attempted(1)])
      .when(settle(1, true, 5))
      .then(succeeded(1, 5)))
  test('that is wrong the third time in a row ends the session', () =>
    given(decider, [cookie, attempted(1), failed(1), attempted(2), failed(2), attempted(3)])
      .when(settle(3, false, 5))
      .then(failed(3, 5), ended(5)))
  test('that is wrong after a right one is the first of as many', () =>
    given(decider, [cookie, attempted(1), failed(1), attempted(2), failed(2), attempted(3), succeeded(3), attempted(4)])
      .when(settle(4, false, 5))
      .then(failed(4, 5)))
  test('beyond the budget waits for those that are being checked', () =>
    given(decider, [cookie, attempted(1), attempted(2), attempted(3)])
      .when(attempt(4, 5))
      .thenRefused({ type: 'attempts_pending' }))
  test('ends the session when the outcome of as many was lost', () =>
    given(decider, [cookie, attempted(1), attempted(2), attempted(3)])
      .when(attempt(4, 60_000))
      .then(ended(60_000)))
  test('is settled once', () =>
    given(decider, [cookie, attempted(1), failed(1)])
      .when(settle(1, true))
      .thenRefused({ type: 'attempt_not_pending' }))
  test('is not settled in a session that was revoked meanwhile', () =>
    given(decider, [cookie, attempted(1), revoked])
      .when(settle(1, true))
      .thenRefused({ type: 'session_not_active' }))
  test('is not counted in an expired session', () =>
    given(decider, [cookie]).when(attempt(1, day)).thenRefused({ type: 'session_not_active' }))
})

describe('a factor that is gone', () => {
  const withdraw: Command = { type: 'withdrawFactor', factor: 'pwd', at: later(9) }
  const withdrawn = SessionFactorWithdrawn({ factor: 'pwd', at: later(9) })

  test('no longer counts', () => given(decider, [cookie]).when(withdraw).then(withdrawn))
  test('is withdrawn once', () => given(decider, [cookie, withdrawn]).when(withdraw).thenNothing())
  test('takes the elevation with it', () => {
    const state = [cookie, elevated(1), withdrawn].reduce(decider.evolve, decider.initial)
    if (state.type !== 'active' || state.elevatedUntil !== null || state.factors.length > 0) throw new Error('the factor still counts')
  })
})
