import type { SessionId } from '../../../domain/kernel/ids.ts'
import { type Command, type Found, secondFactor } from '../../../domain/second-factor/decider.ts'
import {
  CodeAccepted,
  CodeAttempted,
  CodeEntryLocked,
  CodeEntryUnlocked,
  type CodePurpose,
  CodeRejected,
  CodeSent,
  type RecoveryCodeSet,
  RecoveryCodesIssued,
  RecoveryCodeUsed,
  SecondFactorRemoved,
  TotpEnrollmentConfirmed,
  TotpEnrollmentStarted,
  TotpEnrollmentVoided,
  type TotpSecret,
} from '../../../domain/second-factor/events.ts'
import { accountId, attemptId, sealed } from './ids.ts'
import { later } from './time.ts'

export const minute = 60_000
export const decider = secondFactor({ maxAttempts: 2, lockout: minute, lockoutMax: 3 * minute })

/** Odd numbers are sealed, even ones derived. */
export const secret = (n: number): TotpSecret =>
  n % 2 === 1 ? { mode: 'sealed', secret: sealed(`secret-${n}`) } : { mode: 'derived', salt: sealed(`totp-salt-${n}`) }
export const singleUse = (n: number, size = 10): RecoveryCodeSet => ({
  scheme: 'single-use',
  hashes: Array.from({ length: size }, (_, at) => `hash-${n}-${at + 1}`),
})
export const jumpAhead = (n: number, count = 10): RecoveryCodeSet => ({ scheme: 'jump-ahead', salt: sealed(`salt-${n}`), count })

export const step = (n: number): Found => ({ type: 'step', step: n })
export const recoveryCode = (n: number): Found => ({ type: 'recovery_code', number: n })
export const nothing: Found = { type: 'nothing' }

const enrolling = { accountId: accountId(1), accountRevision: 4 }

export const started = (recovery = singleUse(1), n = 1, ms = 0, sessionId: SessionId | null = null) =>
  TotpEnrollmentStarted({ ...enrolling, sessionId, secret: secret(n), recoveryCodes: recovery, at: later(ms) })
export const attempted = (n: number, purpose: CodePurpose = 'login', ms = 0, sessionId: SessionId | null = null) =>
  CodeAttempted({ attemptId: attemptId(n), purpose, sessionId, at: later(ms) })
export const confirmed = (n: number, step: number, ms = 0) =>
  TotpEnrollmentConfirmed({ attemptId: attemptId(n), timeStep: step, at: later(ms) })
export const accepted = (n: number, step: number, ms = 0) => CodeAccepted({ attemptId: attemptId(n), timeStep: step, at: later(ms) })
export const spent = (n: number, number: number, ms = 0) => RecoveryCodeUsed({ attemptId: attemptId(n), number, at: later(ms) })
export const rejected = (n: number, ms = 0) => CodeRejected({ attemptId: attemptId(n), at: later(ms) })
export const locked = (ms = 0, run = 1) =>
  CodeEntryLocked({ until: later(ms + Math.min(2 ** (run - 1), 3) * minute), consecutiveLocks: run, at: later(ms) })
export const unlocked = (ms = 0) => CodeEntryUnlocked({ by: accountId(9), at: later(ms) })
export const issued = (recovery: RecoveryCodeSet, ms = 0) => RecoveryCodesIssued({ recoveryCodes: recovery, at: later(ms) })
const stepAt = (ms: number) => Math.floor(later(ms) / 30_000)
export const sent = (ms = 0) => CodeSent({ timeStep: stepAt(ms), at: later(ms) })
export const voided = (ms = 0) => TotpEnrollmentVoided({ because: 'reset_by_admin', at: later(ms) })
export const removed = (because: 'disabled_by_owner' | 'reset_by_admin' | 'last_recovery_code_used' = 'disabled_by_owner', ms = 0) =>
  SecondFactorRemoved({ because, at: later(ms) })

/** Active, its first code having been of step 100. */
export const active = (recovery = singleUse(1)) => [started(recovery), attempted(1, 'confirmation'), confirmed(1, 100)]

export const enroll = (recovery = singleUse(1), n = 1, ms = 0, sends = false): Command => {
  return {
    type: 'enroll',
    sends: sends ? stepAt(ms) : null,
    replaces: false,
    ...enrolling,
    sessionId: null,
    secret: secret(n),
    recoveryCodes: recovery,
    at: later(ms),
  }
}
export const attempt = (n: number, purpose: CodePurpose = 'login', ms = 0, sessionId: SessionId | null = null) => {
  const asked = { sessionId, accountRevision: 4, isRecoveryCode: false }
  return { type: 'attempt' as const, attemptId: attemptId(n), purpose, ...asked, at: later(ms) }
}
export const settle = (n: number, found: Found, ms = 0, areDelivered = false): Command => {
  return { type: 'settle', attemptId: attemptId(n), found, areDelivered, at: later(ms) }
}
export const send = (ms = 0): Command => ({ type: 'send', timeStep: stepAt(ms), at: later(ms) })
export const issue = (recovery: RecoveryCodeSet, ms = 0): Command => ({
  type: 'issueRecoveryCodes',
  recoveryCodes: recovery,
  at: later(ms),
})
export const unlock = (ms = 0): Command => ({ type: 'unlock', by: accountId(9), at: later(ms) })
export const remove = (because: 'disabled_by_owner' | 'reset_by_admin' = 'disabled_by_owner', ms = 0): Command => {
  return { type: 'remove', because, at: later(ms) }
}
