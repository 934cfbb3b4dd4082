import { describe, expect, test } from 'vitest'
import { session } from '../../../domain/session/decider.ts'
import { type SessionEvent, SessionGranted, SessionRevoked } from '../../../domain/session/events.ts'
import { type ActiveSession, hasExpired } from '../../../domain/session/state.ts'
import {
  bearer,
  cookie,
  day,
  decider,
  extend,
  extended,
  granted,
  hour,
  refresh,
  refreshToken,
  revoke,
  revoked,
  token,
  token2,
} from '../../support/domain/session-examples.ts'
import { grant } from '../../support/domain/sessions.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

describe('a session', () => {
  test('is granted to a browser without a refresh token', () =>
    given(decider)
      .when(grant(token, null, noon))
      .then(cookie))
  test('is granted with a refresh token', () =>
    given(decider)
      .when(grant(token, refreshToken, noon))
      .then(bearer))
  test('is granted once', () =>
    given(decider, [cookie])
      .when(grant(token2, null, noon))
      .thenRefused({ type: 'session_exists' }))
  test('that was revoked is not granted again', () =>
    given(decider, [cookie, revoked])
      .when(grant(token2, null, noon))
      .thenRefused({ type: 'session_exists' }))

  test('ends no later than its absolute time, whatever the idle and the refresh time', () => {
    const brief = session({ idle: 9 * hour, absolute: hour, elevation: hour, refresh: 9 * hour, refreshGrace: 0, maxFailures: 3 })
    given(brief)
      .when(grant(token, refreshToken, noon))
      .then(
        SessionGranted({
          ...bearer.data,
          refreshToken: { hash: refreshToken, expiresAt: later(hour) },
          idleExpiresAt: later(hour),
          expiresAt: later(hour),
        }),
      )
  })
})

describe('use', () => {
  test('is not written for every request', () =>
    given(decider, [cookie])
      .when(extend(2 * hour - 1))
      .thenNothing())
  test('is written when a twelfth of the idle time has passed', () =>
    given(decider, [cookie])
      .when(extend(2 * hour))
      .then(extended(2 * hour)))
  test('is counted from when it was last written', () =>
    given(decider, [cookie, extended(2 * hour)])
      .when(extend(4 * hour - 1))
      .thenNothing())
  test('is nothing when it is asked twice', () =>
    given(decider, [cookie, extended(2 * hour)])
      .when(extend(2 * hour))
      .thenNothing())
  test('keeps a session alive beyond its first idle time', () =>
    given(decider, [cookie, extended(2 * hour)])
      .when(extend(25 * hour))
      .then(extended(25 * hour)))
  test('after the idle time is refused', () => given(decider, [cookie]).when(extend(day)).thenRefused({ type: 'session_not_active' }))
  test('in the last moment of the idle time is in time', () =>
    given(decider, [cookie])
      .when(extend(day - 1))
      .then(extended(day - 1)))
  test('does not lengthen a session beyond its absolute time', () =>
    given(decider, [cookie, extended(29 * day)])
      .when(extend(29.5 * day))
      .then(extended(29.5 * day, 30 * day)))
  test('of what was never granted is refused', () => given(decider).when(extend(0)).thenRefused({ type: 'session_not_active' }))
  test('of what was revoked is refused', () =>
    given(decider, [cookie, revoked])
      .when(extend(2 * hour))
      .thenRefused({ type: 'session_not_active' }))
})

describe('a revocation', () => {
  test('ends the session and says why', () =>
    given(decider, [bearer])
      .when(revoke)
      .then(SessionRevoked({ because: 'revoked_by_owner', at: later(9) })))
  test('is written for an expired session, too', () =>
    given(decider, [bearer])
      .when({ ...revoke, at: later(31 * day) })
      .then(SessionRevoked({ because: 'revoked_by_owner', at: later(31 * day) })))
  test('is nothing the second time', () => given(decider, [bearer, revoked]).when(revoke).thenNothing())
  test('of what was never granted is nothing', () => given(decider).when(revoke).thenNothing())
})

describe('whatever follows in its stream', () => {
  const fold = (...past: SessionEvent[]) => past.reduce(decider.evolve, decider.initial)

  test('a revoked session stays revoked', () =>
    expect(fold(cookie, revoked, extended(hour))).toEqual({ type: 'revoked', accountId: cookie.data.accountId }))
  test('what was never granted stays nothing', () => expect(fold(extended(hour))).toEqual({ type: 'absent' }))
})

describe('what was written under another policy', () => {
  const state = (...past: SessionEvent[]) => past.reduce(decider.evolve, decider.initial) as ActiveSession

  test('ends a session at its absolute time, even if its idle time goes on', () => {
    const long = state(cookie, extended(29 * day, 40 * day))
    expect([hasExpired(long, later(30 * day - 1)), hasExpired(long, later(30 * day))]).toEqual([false, true])
  })

  test('refuses a refresh at the absolute time, even if the refresh token goes on', () =>
    given(decider, [granted({ hash: refreshToken, days: 40 })])
      .when(refresh(refreshToken, 30 * day))
      .thenRefused({ type: 'session_not_active' }))
})
