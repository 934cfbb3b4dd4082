import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId, Actor, AttemptId, SessionId } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'

/** The secret itself, sealed, or the salt that it is derived from. */
export const TotpSecret = t.union([
  t.strict({ mode: t.literal('sealed'), secret: Sealed }),
  t.strict({ mode: t.literal('derived'), salt: Sealed }),
])
export type TotpSecret = t.TypeOf<typeof TotpSecret>

/** `single-use`: keyed hashes, in any order. `jump-ahead`: derived from a salt; a code voids all codes with a lower number. */
export const RecoveryCodeSet = t.union([
  t.strict({ scheme: t.literal('single-use'), hashes: t.array(t.string) }),
  t.strict({ scheme: t.literal('jump-ahead'), salt: Sealed, count: t.number }),
])
export type RecoveryCodeSet = t.TypeOf<typeof RecoveryCodeSet>

/** Inert until confirmed. A second one voids the first. Only the session that began it can confirm it; null in a login. */
export const TotpEnrollmentStarted = defineEvent('TotpEnrollmentStarted', 1, {
  accountId: AccountId,
  accountRevision: t.number,
  sessionId: t.union([SessionId, t.null]),
  secret: TotpSecret,
  recoveryCodes: RecoveryCodeSet,
  at: Instant,
})

/** Never confirmed: whoever began it may not have been the owner. */
export const TotpEnrollmentVoided = defineEvent('TotpEnrollmentVoided', 1, { because: t.keyof({ reset_by_admin: null }), at: Instant })

export const TotpEnrollmentConfirmed = defineEvent('TotpEnrollmentConfirmed', 1, { attemptId: AttemptId, timeStep: t.number, at: Instant })

/** Confirmed in the system that the account comes from. Its recovery codes stay there: new ones can be issued. */
export const TotpImported = defineEvent('TotpImported', 1, { secret: TotpSecret, recoveryCodes: RecoveryCodeSet, at: Instant })

export const CodePurpose = t.keyof({
  confirmation: null,
  login: null,
  elevation: null,
  removal: null,
  recovery_codes: null,
  email_change: null,
  erasure: null,
})
export type CodePurpose = t.TypeOf<typeof CodePurpose>

/** Recorded before the code is sent, so that nobody can fill a mailbox. */
export const CodeSent = defineEvent('CodeSent', 1, { timeStep: t.number, at: Instant })

/** Recorded before the code is checked. The codes of logins share one budget, those of a session count against the session. */
export const CodeAttempted = defineEvent('CodeAttempted', 2, {
  attemptId: AttemptId,
  purpose: CodePurpose,
  sessionId: t.union([SessionId, t.null]),
  at: Instant,
})

export const CodeAccepted = defineEvent('CodeAccepted', 1, { attemptId: AttemptId, timeStep: t.number, at: Instant })

/** `number` counts from 1. */
export const RecoveryCodeUsed = defineEvent('RecoveryCodeUsed', 1, { attemptId: AttemptId, number: t.number, at: Instant })

export const CodeRejected = defineEvent('CodeRejected', 1, { attemptId: AttemptId, at: Instant })

/** Each lock in a row is longer than the one before. */
export const CodeEntryLocked = defineEvent('CodeEntryLocked', 1, { until: Instant, consecutiveLocks: t.number, at: Instant })

/** By an administrator, who also lets codes in again after too many failures in a row. */
export const CodeEntryUnlocked = defineEvent('CodeEntryUnlocked', 2, { by: Actor, at: Instant })

export const RecoveryCodesIssued = defineEvent('RecoveryCodesIssued', 1, { recoveryCodes: RecoveryCodeSet, at: Instant })

export const SecondFactorRemoved = defineEvent('SecondFactorRemoved', 1, {
  because: t.keyof({ disabled_by_owner: null, reset_by_admin: null, last_recovery_code_used: null }),
  at: Instant,
})

const kept = {
  secret: TotpSecret,
  recoveryCodes: RecoveryCodeSet,
  spentRecoveryCodes: t.array(t.number),
}

/** The state of the stream, so that reading can start here. */
/** The log was restored, so nobody knows which codes were used since its backup. Only codes after this time step count, and no recovery code. */
export const CodesVoided = defineEvent('CodesVoided', 1, { because: t.keyof({ log_restored: null }), timeStep: t.number, at: Instant })

export const SecondFactorSummarized = defineEvent('SecondFactorSummarized', 1, {
  revision: t.number,
  factor: t.union([t.strict({ ...kept, since: t.number, confirmedAt: Instant, lastTimeStep: t.number }), t.null]),
  enrollment: t.union([
    t.strict({ ...kept, accountRevision: t.number, sessionId: t.union([SessionId, t.null]), startedAt: Instant }),
    t.null,
  ]),
  failedAttempts: t.number,
  failuresInARow: t.number,
  consecutiveLocks: t.number,
  locks: t.number,
  lockedUntil: t.union([Instant, t.null]),
  pendingAttempts: t.array(
    t.strict({
      attemptId: AttemptId,
      purpose: CodePurpose,
      sessionId: t.union([SessionId, t.null]),
      startedAt: t.union([Instant, t.null]),
    }),
  ),
  codesSent: t.array(t.strict({ timeStep: t.number, at: Instant })),
  at: Instant,
})

export const secondFactorEvents = [
  TotpEnrollmentStarted,
  TotpEnrollmentVoided,
  TotpEnrollmentConfirmed,
  TotpImported,
  CodeSent,
  CodeAttempted,
  CodeAccepted,
  RecoveryCodeUsed,
  CodeRejected,
  CodeEntryLocked,
  CodeEntryUnlocked,
  RecoveryCodesIssued,
  SecondFactorRemoved,
  CodesVoided,
  SecondFactorSummarized,
] as const

export type SecondFactorEvent = EventOf<(typeof secondFactorEvents)[number]>
