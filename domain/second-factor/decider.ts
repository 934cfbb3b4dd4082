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
  RecoveryCodeSpent,
  RecoveryCodesIssued,
  type RecoverySet,
  type SecondFactorEvent,
  SecondFactorRemoved,
  TotpConfirmed,
  TotpEnrollmentStarted,
  TotpEnrollmentVoided,
  type TotpSecret,
} from './events.ts'
import { endsTheFactor, isGood } from './recovery-codes.ts'
import { maySendFrom } from './send-policy.ts'
import { evolve, initial, type State } from './state.ts'

export type { State } from './state.ts'

/** What the check of a code found: the time step that it is right for, or the number of the recovery code that it is, or nothing. */
export type Found = { is: 'step'; step: number } | { is: 'recovery_code'; number: number } | { is: 'nothing' }

type Enroll = { accountId: AccountId; secret: TotpSecret; recovery: RecoverySet; at: Instant }

/** `sends`: the first code goes out with the enrolment. */
export type Command =
  | ({ do: 'enroll'; sends: boolean } & Enroll)
  | { do: 'send'; at: Instant }
  | { do: 'attempt'; attemptId: AttemptId; purpose: CodePurpose; at: Instant }
  | { do: 'settle'; attemptId: AttemptId; found: Found; at: Instant }
  | { do: 'issueRecoveryCodes'; recovery: RecoverySet; at: Instant }
  | { do: 'remove'; because: 'disabled_by_owner' | 'reset_by_admin'; at: Instant }

export type Refusal =
  | { is: 'codes_locked'; until: Instant }
  | { is: 'codes_sent'; until: Instant }
  | 'already_enrolled'
  | 'not_enrolled'
  | 'code_not_pending'

const lock = (policy: CodePolicy, at: Instant) => CodeEntryLocked({ until: codesLockedUntil(policy, at), at })

const isSpent = (policy: CodePolicy, { entry }: State) => entry.is === 'open' && entry.failures >= policy.maxAttempts

/** While code entry is locked no code is checked, and none is sent that could only be refused. */
const refusedAsLocked = ({ entry }: State, at: Instant) =>
  entry.is === 'locked' && at < entry.until ? left({ is: 'codes_locked' as const, until: entry.until }) : null

const send = ({ sent }: State, at: Instant) => {
  const until = maySendFrom(sent)
  return at < until ? left({ is: 'codes_sent' as const, until }) : right([CodeSent({ at })])
}

const enroll = (state: State, { do: _, sends, ...started }: Extract<Command, { do: 'enroll' }>) => {
  if (state.factor.is === 'active') return left('already_enrolled' as const)
  const begun = TotpEnrollmentStarted(started)
  return sends ? map((sent: readonly SecondFactorEvent[]) => [begun, ...sent])(send(state, started.at)) : right([begun])
}

const remove = ({ factor, enrollment }: State, { because, at }: Extract<Command, { do: 'remove' }>) => {
  if (factor.is === 'active') return [SecondFactorRemoved({ because, at })]
  return enrollment !== null && because === 'reset_by_admin' ? [TotpEnrollmentVoided({ because, at })] : []
}

const attempt = (policy: CodePolicy, state: State, { attemptId, purpose, at }: Extract<Command, { do: 'attempt' }>) => {
  const { factor, enrollment } = state
  if (purpose === 'confirmation') {
    if (factor.is === 'active') return left('already_enrolled' as const)
    if (enrollment === null) return left('not_enrolled' as const)
  } else if (factor.is === 'none') return left('not_enrolled' as const)
  return refusedAsLocked(state, at) ?? right([isSpent(policy, state) ? lock(policy, at) : CodeAttempted({ attemptId, purpose, at })])
}

/** A time step is accepted once, and never one at or before the last accepted (RFC 6238, 5.2). */
const accepted = ({ factor, enrollment }: State, purpose: CodePurpose, { attemptId, found, at }: Extract<Command, { do: 'settle' }>) => {
  if (purpose === 'confirmation') {
    return found.is === 'step' && enrollment !== null && factor.is === 'none' ? [TotpConfirmed({ attemptId, step: found.step, at })] : null
  }
  if (factor.is === 'none') return null
  if (found.is === 'step') return found.step > factor.lastStep ? [CodeAccepted({ attemptId, step: found.step, at })] : null
  if (found.is === 'nothing' || !isGood(factor.recovery, found.number)) return null
  const spent = RecoveryCodeSpent({ attemptId, number: found.number, at })
  return endsTheFactor(factor.recovery, found.number) ? [spent, SecondFactorRemoved({ because: 'last_recovery_code_spent', at })] : [spent]
}

export const secondFactor = (policy: CodePolicy): Decider<State, Command, SecondFactorEvent, Refusal> => ({
  initial,
  evolve,
  decide: (command, state) => {
    const { at } = command
    const { factor } = state
    switch (command.do) {
      case 'enroll':
        return enroll(state, command)
      case 'send':
        if (factor.is === 'none' && state.enrollment === null) return left('not_enrolled')
        return refusedAsLocked(state, at) ?? send(state, at)
      case 'attempt':
        return attempt(policy, state, command)
      case 'settle': {
        const purpose = state.pending.get(command.attemptId)
        if (purpose === undefined) return left('code_not_pending')
        const events = accepted(state, purpose, command)
        if (events !== null) return right(events)
        return right([CodeRejected({ attemptId: command.attemptId, at }), ...(isSpent(policy, state) ? [lock(policy, at)] : [])])
      }
      case 'issueRecoveryCodes':
        return factor.is === 'active' ? right([RecoveryCodesIssued({ recovery: command.recovery, at })]) : left('not_enrolled')
      case 'remove':
        return right(remove(state, command))
    }
  },
})
