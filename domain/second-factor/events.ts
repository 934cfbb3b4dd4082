import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId, AttemptId } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'

/** Where the TOTP secret comes from: sealed as it was drawn, or derived from the master key and a salt that goes with the enrolment. */
export const TotpSecret = t.union([
  t.strict({ mode: t.literal('sealed'), secret: Sealed }),
  t.strict({ mode: t.literal('derived'), salt: Sealed }),
])
export type TotpSecret = t.TypeOf<typeof TotpSecret>

/** `single-use`: keyed hashes, each code once, in any order. `jump-ahead`: derived from a salt; a code ends all codes with a lower number. */
export const RecoveryCodeSet = t.union([
  t.strict({ scheme: t.literal('single-use'), hashes: t.array(t.string) }),
  t.strict({ scheme: t.literal('jump-ahead'), salt: Sealed, count: t.number }),
])
export type RecoveryCodeSet = t.TypeOf<typeof RecoveryCodeSet>

/** Inert until it is confirmed; a second one voids the first. */
export const TotpEnrollmentStarted = defineEvent('TotpEnrollmentStarted', 1, {
  accountId: AccountId,
  secret: TotpSecret,
  recoveryCodes: RecoveryCodeSet,
  at: Instant,
})

/** Given up before it was confirmed: whoever began it may not have been the owner. */
export const TotpEnrollmentVoided = defineEvent('TotpEnrollmentVoided', 1, { because: t.keyof({ reset_by_admin: null }), at: Instant })

/** The first code was right; `step` is its time step (RFC 6238), spent with it. */
export const TotpEnrollmentConfirmed = defineEvent('TotpEnrollmentConfirmed', 1, { attemptId: AttemptId, timeStep: t.number, at: Instant })

export const CodePurpose = t.keyof({ confirmation: null, login: null, elevation: null, removal: null, recovery_codes: null })
export type CodePurpose = t.TypeOf<typeof CodePurpose>

/** Recorded before the code is handed to the mail or the message service, so that nobody fills a mailbox with them. */
export const CodeSent = defineEvent('CodeSent', 1, { at: Instant })

/** Counted before the code is checked. One budget for TOTP and recovery codes, whatever they are asked for. */
export const CodeAttempted = defineEvent('CodeAttempted', 1, { attemptId: AttemptId, purpose: CodePurpose, at: Instant })

export const CodeAccepted = defineEvent('CodeAccepted', 1, { attemptId: AttemptId, timeStep: t.number, at: Instant })

/** `number` counts from 1. */
export const RecoveryCodeUsed = defineEvent('RecoveryCodeUsed', 1, { attemptId: AttemptId, number: t.number, at: Instant })

export const CodeRejected = defineEvent('CodeRejected', 1, { attemptId: AttemptId, at: Instant })

export const CodeEntryLocked = defineEvent('CodeEntryLocked', 1, { until: Instant, at: Instant })

/** The codes of the set before are void. */
export const RecoveryCodesIssued = defineEvent('RecoveryCodesIssued', 1, { recoveryCodes: RecoveryCodeSet, at: Instant })

export const SecondFactorRemoved = defineEvent('SecondFactorRemoved', 1, {
  because: t.keyof({ disabled_by_owner: null, reset_by_admin: null, last_recovery_code_used: null }),
  at: Instant,
})

export const secondFactorEvents = [
  TotpEnrollmentStarted,
  TotpEnrollmentVoided,
  TotpEnrollmentConfirmed,
  CodeSent,
  CodeAttempted,
  CodeAccepted,
  RecoveryCodeUsed,
  CodeRejected,
  CodeEntryLocked,
  RecoveryCodesIssued,
  SecondFactorRemoved,
] as const

export type SecondFactorEvent = EventOf<(typeof secondFactorEvents)[number]>
