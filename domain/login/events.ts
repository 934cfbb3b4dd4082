import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId, Actor, AttemptId, BlindIndex, DeviceId, Sha256, TokenHash } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'
import { UsedKey } from '../kernel/used-key.ts'

/** Null for a device that the account does not know. Each known device has a budget of its own. */
const Device = t.union([DeviceId, t.null])

const attempted = {
  attemptId: AttemptId,
  accountId: t.union([AccountId, t.null]),
  deviceId: Device,
  ipAddress: Sealed,
  networkIndex: BlindIndex,
  userAgent: t.union([Sealed, t.null]),
  at: Instant,
}

/** `rejectedBefore`: attempts since the one before that was accepted. */
const accepted = {
  attemptId: AttemptId,
  accountId: AccountId,
  rejectedBefore: t.number,
  at: Instant,
}

/** Recorded before the password is checked. `accountId` is null for an unknown address. */
export const LoginAttempted = defineEvent('LoginAttempted', 1, attempted)
export const PasswordAccepted = defineEvent('PasswordAccepted', 1, accepted)
export const PasswordRejected = defineEvent('PasswordRejected', 1, { attemptId: AttemptId, at: Instant })

/** As for a password. `accountId`: null if nobody has the fingerprint. */
export const SignatureAttempted = defineEvent('SignatureAttempted', 1, attempted)
export const SignatureAccepted = defineEvent('SignatureAccepted', 1, accepted)
export const SignatureRejected = defineEvent('SignatureRejected', 1, { attemptId: AttemptId, at: Instant })

/** Each lock in a row is longer than the one before. */
export const LoginLocked = defineEvent('LoginLocked', 1, { deviceId: Device, until: Instant, consecutiveLocks: t.number, at: Instant })

export const LoginUnlocked = defineEvent('LoginUnlocked', 2, { by: Actor, at: Instant })

export const LoginAttemptsRefused = defineEvent('LoginAttemptsRefused', 1, { count: t.number, from: Instant, to: Instant })

/** Refused attempts are dated by the last of them. */
export function timeOf({ data }: { readonly data: { readonly at: Instant } | { readonly to: Instant } }) {
  return 'at' in data ? data.at : data.to
}

/** `change_password`: after the code, where a second factor is enrolled. */
export const ChallengePurpose = t.keyof({ verify: null, enroll: null, change_password: null })
export type ChallengePurpose = t.TypeOf<typeof ChallengePurpose>

/** Bound to the revisions at the time of the password check, or to the `key` that signed; -1 without a second factor. `codeLocks`: locks of code entry before. */
export const ChallengeIssued = defineEvent('ChallengeIssued', 2, {
  challengeHash: TokenHash,
  accountId: AccountId,
  accountRevision: t.number,
  secondFactorRevision: t.number,
  codeLocks: t.number,
  purpose: ChallengePurpose,
  key: t.union([UsedKey, t.null]),
  at: Instant,
})

export const ChallengeAnswered = defineEvent('ChallengeAnswered', 1, { challengeHash: TokenHash, at: Instant })

export const ChallengeVoided = defineEvent('ChallengeVoided', 1, {
  challengeHash: TokenHash,
  because: t.keyof({ credentials_changed: null, account_not_active: null, too_many_failures: null }),
  at: Instant,
})

/** The state of the stream, so that reading can start here. */
export const LoginSummarized = defineEvent('LoginSummarized', 2, {
  lanes: t.array(
    t.strict({
      deviceId: Device,
      failedAttempts: t.number,
      pendingAttempts: t.array(t.strict({ attemptId: AttemptId, at: Instant })),
      consecutiveLocks: t.number,
      lockedUntil: t.union([Instant, t.null]),
    }),
  ),
  rejectedAttempts: t.number,
  keyOwner: t.union([AccountId, t.null]),
  challenges: t.array(
    t.strict({
      challengeHash: TokenHash,
      accountId: AccountId,
      accountRevision: t.number,
      secondFactorRevision: t.number,
      codeLocks: t.number,
      purpose: ChallengePurpose,
      key: t.union([UsedKey, t.null]),
      issuedAt: Instant,
    }),
  ),
  at: Instant,
})

/** Stands in the place of an event about a name that nobody has: its type, version, time and account, and the hash of its data as it was stored. */
export const LoginPayloadErased = defineEvent('LoginPayloadErased', 1, {
  eventType: t.string,
  eventVersion: t.number,
  accountId: t.union([AccountId, t.null]),
  sha256: Sha256,
  at: Instant,
})

export const loginEvents = [
  LoginAttempted,
  PasswordAccepted,
  PasswordRejected,
  SignatureAttempted,
  SignatureAccepted,
  SignatureRejected,
  LoginLocked,
  LoginUnlocked,
  LoginAttemptsRefused,
  ChallengeIssued,
  ChallengeAnswered,
  ChallengeVoided,
  LoginSummarized,
  LoginPayloadErased,
] as const

export type LoginEvent = EventOf<(typeof loginEvents)[number]>
