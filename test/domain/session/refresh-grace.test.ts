import { describe, test } from 'vitest'
import type { Command } from '../../../domain/session/decider.ts'
import {
  bearer,
  elevated,
  refresh,
  refreshToken,
  refreshToken2,
  refreshToken3,
  reuse,
  rotated,
  token2,
  token3,
  withGrace,
} from '../../support/domain/session-examples.ts'
import { given } from '../../support/given.ts'

/** The successor is derived from the token that is presented, so that it is the same each time. */
const again = (ms: number, presented = refreshToken): Command => refresh(presented, ms)

describe('a refresh token that is presented a second time', () => {
  test('within the grace period returns the same successor', () =>
    given(withGrace, [bearer, rotated(1)])
      .when(again(10_000))
      .thenNothing())
  test('after it ends the session', () =>
    given(withGrace, [bearer, rotated(1)])
      .when(again(10_001))
      .then(...reuse(10_001)))
  test('after its successor was used ends the session', () =>
    given(withGrace, [bearer, rotated(1), rotated(2, token3, refreshToken3)])
      .when(again(3))
      .then(...reuse(3)))
  test('of which the successor was used, but which is the one before, still has its grace', () =>
    given(withGrace, [bearer, rotated(1, token3, refreshToken2), rotated(2, token2, refreshToken3)])
      .when(again(3, refreshToken2))
      .thenNothing())
  test('is refused, and ends nothing, when the token that it stood for was replaced by an elevation', () =>
    given(withGrace, [bearer, rotated(1), elevated(2, token3)])
      .when(again(3))
      .thenRefused({ type: 'session_not_active' }))
  test('is refused, and ends nothing, when the account no longer backs the session', () =>
    given(withGrace, [bearer, rotated(1)])
      .when({ ...again(3), survives: false } as Command)
      .thenRefused({ type: 'session_not_active' }))
})
