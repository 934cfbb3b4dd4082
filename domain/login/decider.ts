import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId, Actor, AttemptId, BlindIndex, DeviceId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { type ChallengeCommand, decideChallenge, evolveChallenges, type LoginPolicy, none } from './challenges.ts'
import {
  LoginAttempted,
  LoginAttemptsRefused,
  type LoginEvent,
  LoginSummarized,
  LoginUnlocked,
  PasswordAccepted,
  PasswordRejected,
  SignatureAccepted,
  SignatureAttempted,
  SignatureRejected,
} from './events.ts'
import { allows, evolveLanes, isLocked, laneOf, laneOfAttempt, lock, spendsBudget } from './lanes.ts'
import type { State } from './state.ts'
import { fromLoginSummary, summarizeLogin, summaryAt } from './summary.ts'

export type { State } from './state.ts'

type Attempt = {
  type: 'attempt'
  /** A password by default. */
  by?: 'signature'
  attemptId: AttemptId
  accountId: AccountId | null
  deviceId: DeviceId | null
  ipAddress: Sealed
  networkIndex: BlindIndex
  userAgent: Sealed | null
  at: Instant
}

type Settle = { type: 'settle'; by?: 'signature'; attemptId: AttemptId; matched: AccountId | null; at: Instant }

export type Command =
  | Attempt
  | Settle
  | ChallengeCommand
  | { type: 'unlock'; by: Actor; at: Instant }
  | { type: 'summarize'; at: Instant }
  | { type: 'recordRefusedAttempts'; count: number; from: Instant; to: Instant }

export type Refusal =
  | { type: 'locked_out'; until: Instant }
  | { type: 'attempts_pending' }
  | { type: 'attempt_not_pending' }
  | { type: 'no_such_challenge' }

const rejectedAfter = (rejected: number, { type }: LoginEvent) => {
  if (type === 'PasswordRejected' || type === 'SignatureRejected') return rejected + 1
  return type === 'PasswordAccepted' || type === 'SignatureAccepted' ? 0 : rejected
}

const evolve = (state: State, event: LoginEvent): State =>
  event.type === 'LoginSummarized'
    ? fromLoginSummary(event.data)
    : {
        lanes: evolveLanes(state.lanes, event),
        rejected: rejectedAfter(state.rejected, event),
        keyOwner: event.type === 'SignatureAttempted' ? event.data.accountId : state.keyOwner,
        challenges: evolveChallenges(state.challenges, event),
      }

const attempt = (policy: LoginPolicy, { lanes }: State, { type: _, by, ...attempted }: Attempt) => {
  const { deviceId, at } = attempted
  const lane = laneOf(lanes, deviceId)
  if (lane.until !== null && isLocked(lane, at)) return left({ type: 'locked_out' as const, until: lane.until })
  const allowed = allows(policy, lane, at)
  if (allowed === 'wait') return left({ type: 'attempts_pending' as const })
  if (allowed === 'yes') return right([by === 'signature' ? SignatureAttempted(attempted) : LoginAttempted(attempted)])
  return right([lock(policy, deviceId, lane, at)])
}

/** An attempt counts as a failure until it is settled. */
const settle = (policy: LoginPolicy, { lanes, rejected }: State, { by, attemptId, matched, at }: Settle) => {
  const found = laneOfAttempt(lanes, attemptId)
  if (found === null) return left({ type: 'attempt_not_pending' as const })
  if (matched !== null) {
    const accepted = { attemptId, accountId: matched, rejectedBefore: rejected, at }
    return right([by === 'signature' ? SignatureAccepted(accepted) : PasswordAccepted(accepted)])
  }
  const [deviceId, lane] = found
  const failed = by === 'signature' ? SignatureRejected({ attemptId, at }) : PasswordRejected({ attemptId, at })
  return right(spendsBudget(policy, lane, attemptId, at) ? [failed, lock(policy, deviceId, lane, at)] : [failed])
}

const isUntouched = ({ lanes }: State) =>
  [...lanes.values()].every(({ budget, until, consecutiveLocks }) => budget.failures === 0 && until === null && consecutiveLocks === 0)

export function login(policy: LoginPolicy): Decider<State, Command, LoginEvent, Refusal> {
  return {
    initial: { lanes: new Map(), rejected: 0, keyOwner: null, challenges: none },
    evolve,
    summary: { type: LoginSummarized.type, of: summarizeLogin },
    decide: (command, state) => {
      switch (command.type) {
        case 'attempt':
          return attempt(policy, state, command)
        case 'settle':
          return settle(policy, state, command)
        case 'unlock':
          return right(isUntouched(state) ? [] : [LoginUnlocked({ by: command.by, at: command.at })])
        case 'challenge':
        case 'answer':
          return decideChallenge(policy, command, state.challenges)
        case 'summarize':
          return right([summaryAt(state, command.at)])
        case 'recordRefusedAttempts':
          return right(command.count > 0 ? [LoginAttemptsRefused({ count: command.count, from: command.from, to: command.to })] : [])
      }
    },
  }
}
