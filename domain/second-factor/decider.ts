import { left, map, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId, AttemptId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { type CodePolicy, codesLockedUntil } from './code-policy.ts'
import {
  CodeAccepted,
  CodeAttempted,
  CodeEntryLocked,
  type CodePurpose,
  CodeRejected,
  CodeSent,
  type RecoveryCodeSet,
  RecoveryCodesIssued,
  RecoveryCodeUsed,
  type SecondFactorEvent,
  SecondFactorRemoved,
  TotpEnrollmentConfirmed,
  TotpEnrollmentStarted,
  TotpEnrollmentVoided,
  type TotpSecret,
} from './events.ts'
import { endsFactor, isUsable } from './recovery-codes.ts'
import { nextSendAt } from './send-policy.ts'
import { evolveSecondFactor, initialSecondFactor, type State } from './state.ts'

export type { State } from './state.ts'

export type Found = { type: 'step'; step: number } | { type: 'recovery_code'; number: number } | { type: 'nothing' }

type Enroll = { accountId: AccountId; secret: TotpSecret; recoveryCodes: RecoveryCodeSet; at: Instant }

/** `sends`: the first code is sent with the enrollment. */
export type Command =
  | ({ type: 'enroll'; sends: boolean } & Enroll)
  | { type: 'send'; at: Instant }
  | { type: 'attempt'; attemptId: AttemptId; purpose: CodePurpose; at: Instant }
  | { type: 'settle'; attemptId: AttemptId; found: Found; at: Instant }
  | { type: 'issueRecoveryCodes'; recoveryCodes: RecoveryCodeSet; at: Instant }
  | { type: 'remove'; because: 'disabled_by_owner' | 'reset_by_admin'; at: Instant }

export type Refusal =
  | { type: 'codes_locked'; until: Instant }
  | { type: 'codes_sent'; until: Instant }
  | { type: 'already_enrolled' }
  | { type: 'not_enrolled' }
  | { type: 'code_not_pending' }

const lock = (policy: CodePolicy, at: Instant) => CodeEntryLocked({ until: codesLockedUntil(policy, at), at })

const isSpent = (policy: CodePolicy, { entry }: State) => entry.type === 'open' && entry.failures >= policy.maxAttempts

/** Neither checks nor sends codes. */
const refusedAsLocked = ({ entry }: State, at: Instant) =>
  entry.type === 'locked' && at < entry.until ? left({ type: 'codes_locked' as const, until: entry.until }) : null

const send = ({ sent }: State, at: Instant) => {
  const until = nextSendAt(sent)
  return at < until ? left({ type: 'codes_sent' as const, until }) : right([CodeSent({ at })])
}

const enroll = (state: State, { type: _, sends, ...started }: Extract<Command, { type: 'enroll' }>) => {
  if (state.factor.type === 'active') return left({ type: 'already_enrolled' as const })
  const begun = TotpEnrollmentStarted(started)
  return sends ? map((sent: readonly SecondFactorEvent[]) => [begun, ...sent])(send(state, started.at)) : right([begun])
}

const remove = ({ factor, enrollment }: State, { because, at }: Extract<Command, { type: 'remove' }>) => {
  if (factor.type === 'active') return [SecondFactorRemoved({ because, at })]
  return enrollment !== null && because === 'reset_by_admin' ? [TotpEnrollmentVoided({ because, at })] : []
}

const attempt = (policy: CodePolicy, state: State, { attemptId, purpose, at }: Extract<Command, { type: 'attempt' }>) => {
  const { factor, enrollment } = state
  if (purpose === 'confirmation') {
    if (factor.type === 'active') return left({ type: 'already_enrolled' as const })
    if (enrollment === null) return left({ type: 'not_enrolled' as const })
  } else if (factor.type === 'none') return left({ type: 'not_enrolled' as const })
  return refusedAsLocked(state, at) ?? right([isSpent(policy, state) ? lock(policy, at) : CodeAttempted({ attemptId, purpose, at })])
}

/** A time step is accepted once, and only after the last accepted one (RFC 6238, 5.2). */
const accepted = ({ factor, enrollment }: State, purpose: CodePurpose, { attemptId, found, at }: Extract<Command, { type: 'settle' }>) => {
  if (purpose === 'confirmation') {
    return found.type === 'step' && enrollment !== null && factor.type === 'none'
      ? [TotpEnrollmentConfirmed({ attemptId, timeStep: found.step, at })]
      : null
  }
  if (factor.type === 'none') return null
  if (found.type === 'step') return found.step > factor.lastStep ? [CodeAccepted({ attemptId, timeStep: found.step, at })] : null
  if (found.type === 'nothing' || !isUsable(factor.recovery, found.number)) return null
  const spent = RecoveryCodeUsed({ attemptId, number: found.number, at })
  return endsFactor(factor.recovery, found.number) ? [spent, SecondFactorRemoved({ because: 'last_recovery_code_used', at })] : [spent]
}

export function secondFactor(policy: CodePolicy): Decider<State, Command, SecondFactorEvent, Refusal> {
  return {
    initial: initialSecondFactor,
    evolve: evolveSecondFactor,
    decide: (command, state) => {
      const { at } = command
      const { factor } = state
      switch (command.type) {
        case 'enroll':
          return enroll(state, command)
        case 'send':
          if (factor.type === 'none' && state.enrollment === null) return left({ type: 'not_enrolled' })
          return refusedAsLocked(state, at) ?? send(state, at)
        case 'attempt':
          return attempt(policy, state, command)
        case 'settle': {
          const purpose = state.pending.get(command.attemptId)
          if (purpose === undefined) return left({ type: 'code_not_pending' })
          const events = accepted(state, purpose, command)
          if (events !== null) return right(events)
          return right([CodeRejected({ attemptId: command.attemptId, at }), ...(isSpent(policy, state) ? [lock(policy, at)] : [])])
        }
        case 'issueRecoveryCodes':
          return factor.type === 'active'
            ? right([RecoveryCodesIssued({ recoveryCodes: command.recoveryCodes, at })])
            : left({ type: 'not_enrolled' })
        case 'remove':
          return right(remove(state, command))
      }
    },
  }
}
