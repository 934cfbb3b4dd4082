import { left, map, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId, Actor, AttemptId, SessionId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { LockoutPolicy } from '../kernel/lockout-policy.ts'
import { type CodeAttempt, decideCodeAttempt, isUntouched, refusedAsLocked, rejectCode } from './code-entry.ts'
import {
  CodeAccepted,
  CodeEntryUnlocked,
  type CodePurpose,
  CodeSent,
  CodesVoided,
  type RecoveryCodeSet,
  RecoveryCodesIssued,
  RecoveryCodeUsed,
  type SecondFactorEvent,
  SecondFactorRemoved,
  SecondFactorSummarized,
  TotpEnrollmentConfirmed,
  TotpEnrollmentStarted,
  TotpEnrollmentVoided,
  TotpImported,
  type TotpSecret,
} from './events.ts'
import type { Enrollment, State } from './factor.ts'
import { codesLeft, endsFactor, isUsable } from './recovery-codes.ts'
import { nextSendAt, wasSent } from './send-policy.ts'
import { evolveSecondFactor, initialSecondFactor } from './state.ts'
import { summarizeSecondFactor } from './summary.ts'

export type { State } from './factor.ts'

export type Found = { type: 'step'; step: number } | { type: 'recovery_code'; number: number } | { type: 'nothing' }

/** `accountRevision`: of the newest event that ended sessions of the account. */
type Confirmer = { sessionId: SessionId | null; accountRevision: number }

type Sending = { timeStep: number; at: Instant }

type Enroll = { accountId: AccountId; secret: TotpSecret; recoveryCodes: RecoveryCodeSet; at: Instant } & Confirmer

/** `areDelivered`: only a code that was sent is right. */
type Settle = { type: 'settle'; attemptId: AttemptId; found: Found; areDelivered: boolean; at: Instant }

/** `sends`: the time step of the first code, if it is sent with the enrollment. `replaces`: an active factor, once the new one is confirmed. */
export type Command =
  | ({ type: 'enroll'; sends: number | null; replaces: boolean } & Enroll)
  | ({ type: 'import' } & Pick<Enroll, 'secret' | 'recoveryCodes' | 'at'>)
  | ({ type: 'send' } & Sending)
  | (CodeAttempt & Pick<Confirmer, 'accountRevision'>)
  | Settle
  | { type: 'issueRecoveryCodes'; recoveryCodes: RecoveryCodeSet; at: Instant }
  | { type: 'unlock'; by: Actor; at: Instant }
  | { type: 'voidCodes'; timeStep: number; at: Instant }
  | { type: 'remove'; because: 'disabled_by_owner' | 'reset_by_admin'; at: Instant }

export type Refusal =
  | { type: 'codes_locked'; until: Instant }
  | { type: 'codes_sent'; until: Instant }
  | { type: 'code_entry_ended' }
  | { type: 'attempts_pending' }
  | { type: 'already_enrolled' }
  | { type: 'not_enrolled' }
  | { type: 'code_not_pending' }

/** Milliseconds. */
export const enrollmentLifetime = 600_000

/** What began before the account's sessions ended is void. */
const isOpen = (enrollment: Enrollment | null, { sessionId, accountRevision }: Confirmer, at: Instant) =>
  enrollment !== null &&
  enrollment.sessionId === sessionId &&
  enrollment.accountRevision >= accountRevision &&
  at - enrollment.startedAt < enrollmentLifetime

const send = ({ sent }: State, { timeStep, at }: Sending) => {
  const until = nextSendAt(sent)
  return at < until ? left({ type: 'codes_sent' as const, until }) : right([CodeSent({ timeStep, at })])
}

const enroll = (state: State, { type: _, sends, replaces, ...started }: Extract<Command, { type: 'enroll' }>) => {
  if (state.factor.type === 'active' && !replaces) return left({ type: 'already_enrolled' as const })
  const begun = TotpEnrollmentStarted(started)
  if (sends === null) return right([begun])
  return map((sent: readonly SecondFactorEvent[]) => [begun, ...sent])(send(state, { timeStep: sends, at: started.at }))
}

const remove = ({ factor, enrollment }: State, { because, at }: Extract<Command, { type: 'remove' }>) => {
  if (factor.type === 'active') return [SecondFactorRemoved({ because, at })]
  return enrollment !== null && because === 'reset_by_admin' ? [TotpEnrollmentVoided({ because, at })] : []
}

const voidCodes = ({ factor, enrollment, sent }: State, { timeStep, at }: Extract<Command, { type: 'voidCodes' }>) => {
  const isVoid = factor.type === 'none' || (factor.lastStep >= timeStep && codesLeft(factor.recovery) === 0)
  return isVoid && enrollment === null && sent.length === 0 ? [] : [CodesVoided({ because: 'log_restored', timeStep, at })]
}

const attempt = (policy: LockoutPolicy, state: State, { accountRevision, ...command }: Extract<Command, { type: 'attempt' }>) => {
  const { purpose, sessionId, at } = command
  const isConfirmation = purpose === 'confirmation'
  if (isConfirmation && state.enrollment === null && state.factor.type === 'active') return left({ type: 'already_enrolled' as const })
  const isPossible = isConfirmation ? isOpen(state.enrollment, { sessionId, accountRevision }, at) : state.factor.type === 'active'
  return isPossible ? decideCodeAttempt(policy, state.entry, command) : left({ type: 'not_enrolled' as const })
}

/** A time step is accepted once, and only after the last accepted one (RFC 6238, 5.2). */
const accepted = ({ factor, enrollment, sent }: State, purpose: CodePurpose, { attemptId, found, areDelivered, at }: Settle) => {
  if (found.type === 'nothing' || (found.type === 'step' && areDelivered && !wasSent(sent, found.step, at))) return null
  if (purpose === 'confirmation')
    return found.type === 'step' && enrollment !== null ? [TotpEnrollmentConfirmed({ attemptId, timeStep: found.step, at })] : null
  if (factor.type === 'none') return null
  if (found.type === 'step') return found.step > factor.lastStep ? [CodeAccepted({ attemptId, timeStep: found.step, at })] : null
  if (!isUsable(factor.recovery, found.number)) return null
  const spent = RecoveryCodeUsed({ attemptId, number: found.number, at })
  return endsFactor(factor.recovery, found.number) ? [spent, SecondFactorRemoved({ because: 'last_recovery_code_used', at })] : [spent]
}

export function secondFactor(policy: LockoutPolicy): Decider<State, Command, SecondFactorEvent, Refusal> {
  return {
    initial: initialSecondFactor,
    evolve: evolveSecondFactor,
    summary: { type: SecondFactorSummarized.type, of: summarizeSecondFactor },
    decide: (command, state) => {
      const { at } = command
      const { factor } = state
      switch (command.type) {
        case 'enroll':
          return enroll(state, command)
        case 'import': {
          const { secret, recoveryCodes } = command
          if (factor.type === 'active') return left({ type: 'already_enrolled' })
          return right([TotpImported({ secret, recoveryCodes, at })])
        }
        case 'send':
          if (factor.type === 'none' && state.enrollment === null) return left({ type: 'not_enrolled' })
          return refusedAsLocked(state.entry, at) ?? send(state, command)
        case 'attempt':
          return attempt(policy, state, command)
        case 'settle': {
          const pending = state.entry.pending.get(command.attemptId)
          if (pending === undefined) return left({ type: 'code_not_pending' })
          const events = accepted(state, pending.purpose, command)
          return events === null ? rejectCode(policy, state.entry, command.attemptId, at) : right(events)
        }
        case 'issueRecoveryCodes':
          return factor.type === 'active'
            ? right([RecoveryCodesIssued({ recoveryCodes: command.recoveryCodes, at })])
            : left({ type: 'not_enrolled' })
        case 'unlock':
          return right(isUntouched(state.entry) ? [] : [CodeEntryUnlocked({ by: command.by, at })])
        case 'voidCodes':
          return right(voidCodes(state, command))
        case 'remove':
          return right(remove(state, command))
      }
    },
  }
}
