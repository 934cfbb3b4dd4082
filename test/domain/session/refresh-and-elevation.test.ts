import { describe, test } from 'vitest'
import { RefreshTokenReuseDetected, RefreshTokenRotated, SessionElevated } from '../../../domain/session/events.ts'
import { tokenHash } from '../../support/domain/ids.ts'
import {
  bearer,
  cookie,
  day,
  decider,
  elevate,
  elevated,
  extend,
  extended,
  hour,
  refresh,
  refreshToken,
  refreshToken2,
  refreshToken3,
  reuse,
  revoked,
  rotated,
  token,
  token2,
  token3,
} from '../../support/domain/session-examples.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

describe('a refresh', () => {
  test('gives a new token and a new refresh token', () => given(decider, [bearer]).when(refresh()).then(rotated(hour)))
  test('with the newest refresh token goes on', () =>
    given(decider, [bearer, rotated(1, token3, refreshToken3)])
      .when(refresh(refreshToken3))
      .then(rotated(hour)))
  test('brings back a session that was left alone for longer than the idle time', () =>
    given(decider, [bearer])
      .when(refresh(refreshToken, 3 * day))
      .then(rotated(3 * day)))
  test('counts as use', () =>
    given(decider, [bearer, rotated(hour)])
      .when(extend(3 * hour - 1))
      .thenNothing())
  test('in the last moment of its time is in time', () =>
    given(decider, [bearer])
      .when(refresh(refreshToken, 7 * day - 1))
      .then(rotated(7 * day - 1)))
  test('after its time is refused', () =>
    given(decider, [bearer])
      .when(refresh(refreshToken, 7 * day))
      .thenRefused({ type: 'session_not_active' }))
  test('of a session whose account no longer stands behind it is refused', () =>
    given(decider, [bearer])
      .when(refresh(refreshToken, hour, false))
      .thenRefused({ type: 'session_not_active' }))
  test('with a token that never was is refused, and the session stays', () =>
    given(decider, [bearer])
      .when(refresh(tokenHash(99)))
      .thenRefused({ type: 'session_not_active' }))
  test('with the token of the session is refused', () =>
    given(decider, [bearer]).when(refresh(token)).thenRefused({ type: 'session_not_active' }))
  test('of a session without refresh tokens is refused', () =>
    given(decider, [cookie]).when(refresh()).thenRefused({ type: 'session_not_active' }))
  test('of what was never granted is refused', () => given(decider).when(refresh()).thenRefused({ type: 'session_not_active' }))
  test('of what was revoked is refused', () =>
    given(decider, [bearer, revoked]).when(refresh()).thenRefused({ type: 'session_not_active' }))
  test('never outlives the absolute time', () => {
    const at = later(29.5 * day)
    const past = [
      bearer,
      RefreshTokenRotated({ ...rotated(23 * day).data, refreshToken: { hash: refreshToken2, expiresAt: later(30 * day) } }),
    ]
    given(decider, past)
      .when({ type: 'refresh', presented: refreshToken2, counter: 2, tokenHash: token3, refreshHash: refreshToken3, survives: true, at })
      .then(
        RefreshTokenRotated({
          tokenHash: token3,
          refreshToken: { hash: refreshToken3, expiresAt: later(30 * day) },
          at,
          idleExpiresAt: later(30 * day),
        }),
      )
  })
})

describe('a refresh token that was used before', () => {
  const family = [bearer, rotated(1, token2, refreshToken2), rotated(2, token3, refreshToken3)]

  test('ends the family', () =>
    given(decider, family)
      .when(refresh(refreshToken2))
      .then(...reuse(hour)))
  test('ends the family, however long ago it was used', () =>
    given(decider, family)
      .when(refresh(refreshToken))
      .then(...reuse(hour)))
  test('ends the family after its own time, too', () =>
    given(decider, family)
      .when(refresh(refreshToken, 20 * day))
      .then(...reuse(20 * day)))
  test('ends the family, whatever the account says', () =>
    given(decider, family)
      .when(refresh(refreshToken, hour, false))
      .then(...reuse(hour)))
  test('is refused when the family has ended', () =>
    given(decider, [...family, ...reuse(3)])
      .when(refresh(refreshToken))
      .thenRefused({ type: 'session_not_active' }))
  test('leaves nothing for the one who has the newest', () =>
    given(decider, [...family, ...reuse(3)])
      .when(refresh(refreshToken3))
      .thenRefused({ type: 'session_not_active' }))
  test('is noted, and the note by itself ends nothing', () =>
    given(decider, [bearer, RefreshTokenReuseDetected({ at: noon })])
      .when(refresh())
      .then(rotated(hour)))
})

describe('an elevation', () => {
  test('replaces the token and has an end', () => given(decider, [bearer]).when(elevate()).then(elevated(hour)))
  test('is asked for with the current token', () =>
    given(decider, [bearer, elevated(1, token3)])
      .when(elevate(token3))
      .then(elevated(hour)))
  test('with a token that was replaced is refused', () =>
    given(decider, [bearer, elevated(1)])
      .when(elevate())
      .thenRefused({ type: 'session_not_active' }))
  test('keeps the refresh token', () =>
    given(decider, [bearer, elevated(1, token3)])
      .when(refresh(refreshToken))
      .then(rotated(hour)))
  test('does not count as use', () =>
    given(decider, [bearer, elevated(2 * hour)])
      .when(extend(2 * hour))
      .then(extended(2 * hour)))
  test('ends with the session', () =>
    given(decider, [cookie, extended(30 * day - 9, 30 * day)])
      .when(elevate(token, 30 * day - 5))
      .then(SessionElevated({ tokenHash: token2, factor: 'pwd', at: later(30 * day - 5), until: later(30 * day) })))
  test('of a session whose account no longer stands behind it is refused', () =>
    given(decider, [bearer])
      .when(elevate(token, hour, false))
      .thenRefused({ type: 'session_not_active' }))
  test('after the idle time is refused', () =>
    given(decider, [bearer]).when(elevate(token, day)).thenRefused({ type: 'session_not_active' }))
  test('of what was never granted is refused', () => given(decider).when(elevate()).thenRefused({ type: 'session_not_active' }))
  test('of what was revoked is refused', () =>
    given(decider, [bearer, revoked]).when(elevate()).thenRefused({ type: 'session_not_active' }))
})
