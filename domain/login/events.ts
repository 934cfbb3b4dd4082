import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId, AttemptId, BlindIndex, TokenHash } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'

/** All purposes share one budget, so that no other call allows the guesses that login refused. */
export const PasswordPurpose = t.keyof({ login: null, elevation: null, password_change: null, erasure: null })
export type PasswordPurpose = t.TypeOf<typeof PasswordPurpose>

/** Recorded before the password is checked. `accountId` is null for an unknown address. */
export const LoginAttempted = defineEvent('LoginAttempted', 1, {
  attemptId: AttemptId,
  purpose: PasswordPurpose,
  accountId: t.union([AccountId, t.null]),
  ipAddress: Sealed,
  networkIndex: BlindIndex,
  userAgent: t.union([Sealed, t.null]),
  at: Instant,
})

export const PasswordAccepted = defineEvent('PasswordAccepted', 1, { attemptId: AttemptId, accountId: AccountId, at: Instant })

export const PasswordRejected = defineEvent('PasswordRejected', 1, { attemptId: AttemptId, at: Instant })

/** Each lock in a row is longer than the one before. */
export const LoginLocked = defineEvent('LoginLocked', 1, { until: Instant, consecutiveLocks: t.number, at: Instant })

export const LoginUnlocked = defineEvent('LoginUnlocked', 1, { by: AccountId, at: Instant })

/** One event for many attempts, so that nobody can fill the log. */
export const LoginAttemptsRefused = defineEvent('LoginAttemptsRefused', 1, { count: t.number, from: Instant, to: Instant })

/** Refused attempts are dated by the last of them. */
export function timeOf({ data }: { readonly data: { readonly at: Instant } | { readonly to: Instant } }) {
  return 'at' in data ? data.at : data.to
}

export const ChallengePurpose = t.keyof({ verify: null, enroll: null })
export type ChallengePurpose = t.TypeOf<typeof ChallengePurpose>

/** Bound to the revisions at the time of the password check. `secondFactorRevision` is -1 without a second factor. */
export const ChallengeIssued = defineEvent('ChallengeIssued', 1, {
  challengeHash: TokenHash,
  accountId: AccountId,
  accountRevision: t.number,
  secondFactorRevision: t.number,
  purpose: ChallengePurpose,
  at: Instant,
})

export const ChallengeAnswered = defineEvent('ChallengeAnswered', 1, { challengeHash: TokenHash, at: Instant })

export const ChallengeVoided = defineEvent('ChallengeVoided', 1, {
  challengeHash: TokenHash,
  because: t.keyof({ credentials_changed: null, account_not_active: null }),
  at: Instant,
})

/** The state of the stream, so that reading can start here. */
export const LoginSummarized = defineEvent('LoginSummarized', 1, {
  failedAttempts: t.number,
  consecutiveLocks: t.number,
  lockedUntil: t.union([Instant, t.null]),
  pendingAttemptIds: t.array(AttemptId),
  challenges: t.array(
    t.strict({
      challengeHash: TokenHash,
      accountId: AccountId,
      accountRevision: t.number,
      secondFactorRevision: t.number,
      purpose: ChallengePurpose,
    }),
  ),
  at: Instant,
})

export const loginEvents = [
  LoginAttempted,
  PasswordAccepted,
  PasswordRejected,
  LoginLocked,
  LoginUnlocked,
  LoginAttemptsRefused,
  ChallengeIssued,
  ChallengeAnswered,
  ChallengeVoided,
  LoginSummarized,
] as const

export type LoginEvent = EventOf<(typeof loginEvents)[number]>
