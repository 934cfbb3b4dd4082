import { describe, expect, test } from 'vitest'
import { type Command, login } from '../../../domain/login/decider.ts'
import {
  ChallengeAnswered,
  ChallengeIssued,
  ChallengeVoided,
  LoginAttempted,
  type LoginEvent,
  LoginLocked,
  LoginUnlocked,
  PasswordAccepted,
  PasswordRejected,
} from '../../../domain/login/events.ts'
import { challengeOf } from '../../support/domain/challenge-history.ts'
import { accountId, attemptId, blindIndex, sealed, tokenHash } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const decider = login({ maxAttempts: 2, lockout: 60_000, lockoutMax: 180_000, challengeLifetime: null })
const ada = accountId(1)

const issued = (n: number, ms = 0) => ChallengeIssued({ ...challengeOf(n), at: later(ms) })
const answered = (n: number, ms = 0) => ChallengeAnswered({ challengeHash: tokenHash(n), at: later(ms) })
const voided = (n: number, because: 'credentials_changed' | 'account_not_active', ms = 0) =>
  ChallengeVoided({ challengeHash: tokenHash(n), because, at: later(ms) })
const attempted = (n: number) =>
  LoginAttempted({
    attemptId: attemptId(n),
    deviceId: null,
    accountId: ada,
    ipAddress: sealed('a'),
    networkIndex: blindIndex(0),
    userAgent: null,
    at: noon,
  })
const accepted = (n: number) => PasswordAccepted({ attemptId: attemptId(n), accountId: ada, rejectedBefore: 0, at: noon })
const locked = LoginLocked({ deviceId: null, until: later(60_000), consecutiveLocks: 1, at: noon })
const unlocked = LoginUnlocked({ by: accountId(9), at: noon })

const challenge = (n: number, ms = 0): Command => ({ type: 'challenge', ...challengeOf(n), at: later(ms) })
const answer = (n: number, because: 'credentials_changed' | 'account_not_active' | null = null, ms = 0): Command => {
  return { type: 'answer', challengeHash: tokenHash(n), void: because, at: later(ms) }
}
const wrong = (n: number): Command => ({ type: 'settle', attemptId: attemptId(n), matched: null, at: noon })

const many = (count: number) => Array.from({ length: count }, (_, n) => issued(n + 1))
const openAfter = (...events: readonly LoginEvent[]) => [...events.reduce(decider.evolve, decider.initial).challenges.keys()]

describe('a challenge', () => {
  test('is issued with what it is bound to', () => given(decider).when(challenge(1, 4)).then(issued(1, 4)))
  test('is remembered with what it is bound to', () => {
    const { challengeHash, ...bound } = challengeOf(1)
    expect([issued(1, 4)].reduce(decider.evolve, decider.initial).challenges).toEqual(
      new Map([[challengeHash, { ...bound, issuedAt: later(4) }]]),
    )
  })
  test('can be issued to whoever was counted before a lock and was right', () =>
    given(decider, [attempted(1), attempted(2), locked, accepted(1)])
      .when(challenge(1))
      .then(issued(1)))
  test('is answered', () =>
    given(decider, [issued(1)])
      .when(answer(1, null, 4))
      .then(answered(1, 4)))
  test.each(['credentials_changed', 'account_not_active'] as const)('can prove void when it is answered: %s', (because) =>
    given(decider, [issued(1)])
      .when(answer(1, because, 4))
      .then(voided(1, because, 4)),
  )
  test('is answered once', () =>
    given(decider, [issued(1), answered(1)])
      .when(answer(1))
      .thenRefused({ type: 'no_such_challenge' }))
  test('that proved void is not answered', () =>
    given(decider, [issued(1), voided(1, 'credentials_changed')])
      .when(answer(1))
      .thenRefused({ type: 'no_such_challenge' }))
  test('does not prove void twice', () =>
    given(decider, [issued(1), voided(1, 'credentials_changed')])
      .when(answer(1, 'credentials_changed'))
      .thenRefused({ type: 'no_such_challenge' }))
  test('that was never issued is not answered', () =>
    given(decider, [issued(1)])
      .when(answer(2))
      .thenRefused({ type: 'no_such_challenge' }))
  test('stays open when another is answered', () =>
    given(decider, [issued(1), issued(2), answered(2)])
      .when(answer(1))
      .then(answered(1)))
  test('stays open when another proves void', () =>
    given(decider, [issued(1), issued(2), voided(1, 'credentials_changed')])
      .when(answer(2))
      .then(answered(2)))
  test('has no time limit of its own', () =>
    given(decider, [issued(1)])
      .when(answer(1, null, 1e12))
      .then(answered(1, 1e12)))
})

describe('challenges', () => {
  test('stay open during a lock: whoever guesses passwords ends no login of the owner', () =>
    given(decider, [issued(1), attempted(1), attempted(2), locked])
      .when(answer(1))
      .then(answered(1)))
  test('end after their lifetime, if there is one', () => {
    const limited = login({ maxAttempts: 2, lockout: 60_000, lockoutMax: 180_000, challengeLifetime: 600_000 })
    given(limited, [issued(1)])
      .when(answer(1, null, 599_999))
      .then(answered(1, 599_999))
    given(limited, [issued(1)])
      .when(answer(1, null, 600_000))
      .thenRefused({ type: 'no_such_challenge' })
  })
  test('stay open while passwords are tried', () => {
    const tried = [attempted(2), PasswordRejected({ attemptId: attemptId(2), at: noon }), attempted(3), accepted(3)]
    given(decider, [issued(1), ...tried, unlocked])
      .when(answer(1))
      .then(answered(1))
  })
  test('are ten at most: the oldest goes', () => {
    expect(openAfter(...many(10))).toEqual(many(10).map(({ data }) => data.challengeHash))
    expect(openAfter(...many(11))).toEqual(
      many(11)
        .slice(1)
        .map(({ data }) => data.challengeHash),
    )
    given(decider, many(11)).when(answer(1)).thenRefused({ type: 'no_such_challenge' })
  })
  test('that were pushed out do not come back when others are answered', () =>
    given(decider, [...many(11), answered(11), answered(10)])
      .when(answer(1))
      .thenRefused({ type: 'no_such_challenge' }))
})

describe('wrong passwords', () => {
  test.each([
    ['issued', issued(2)],
    ['answered', answered(1)],
    ['void', voided(1, 'credentials_changed')],
  ] as const)('are not forgotten when a challenge is %s', (_, event) =>
    given(decider, [issued(1), attempted(1), attempted(2), PasswordRejected({ attemptId: attemptId(2), at: noon }), event])
      .when(wrong(1))
      .then(PasswordRejected({ attemptId: attemptId(1), at: noon }), locked),
  )
})
