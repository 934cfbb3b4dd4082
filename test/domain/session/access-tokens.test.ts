import { describe, expect, test } from 'vitest'
import type { Command } from '../../../domain/session/decider.ts'
import { AccessTokenIssued } from '../../../domain/session/events.ts'
import { accessTokenId } from '../../support/domain/ids.ts'
import { bearer, cookie, day, decider, elevated, hour, revoked, rotated, token, token2 } from '../../support/domain/session-examples.ts'
import { later } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const expiresAt = (ms: number) => later(ms + 300_000)
const issue = (presented = token, ms = hour, survives = true): Command => {
  return { type: 'issueAccessToken', presented, tokenId: accessTokenId(1), expiresAt: expiresAt(ms), survives, at: later(ms) }
}
const issued = (ms = hour) => AccessTokenIssued({ tokenId: accessTokenId(1), expiresAt: expiresAt(ms), at: later(ms) })
const refused = { type: 'session_not_active' } as const

describe('an access token', () => {
  test('is issued to an active session', () => given(decider, [cookie]).when(issue()).then(issued()))
  test('is issued again and again', () => given(decider, [cookie, issued()]).when(issue()).then(issued()))
  test('is issued to an elevated session, for its new token', () =>
    given(decider, [cookie, elevated(hour / 2)])
      .when(issue(token2))
      .then(issued()))

  test('is not issued without a session', () => given(decider, []).when(issue()).thenRefused(refused))
  test('is not issued to a session that was revoked', () => given(decider, [cookie, revoked]).when(issue()).thenRefused(refused))
  test('is not issued to a session that its account has ended', () =>
    given(decider, [cookie])
      .when(issue(token, hour, false))
      .thenRefused(refused))
  test('is not issued at the end of the idle time', () => given(decider, [cookie]).when(issue(token, day)).thenRefused(refused))
  test('is not issued for a token that a refresh has replaced', () =>
    given(decider, [bearer, rotated(hour / 2)])
      .when(issue(token))
      .thenRefused(refused))
  test('is not issued for a token that an elevation has replaced', () =>
    given(decider, [cookie, elevated(hour / 2)])
      .when(issue(token))
      .thenRefused(refused))

  test('changes nothing in the session', () => {
    const state = decider.evolve(decider.initial, bearer)
    expect(decider.evolve(state, issued())).toEqual(state)
  })
})
