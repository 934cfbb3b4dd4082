import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId, AttemptId, BlindIndex } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { type ChallengeCommand, type Challenges, decideChallenge, evolveChallenges, none } from './challenges.ts'
import {
  LoginAttempted,
  LoginAttemptsRefused,
  type LoginEvent,
  LoginLocked,
  LoginSummarized,
  LoginUnlocked,
  PasswordAccepted,
  type PasswordPurpose,
  PasswordRejected,
  timeOf,
} from './events.ts'
import { type LockoutPolicy, lockedUntil } from './lockout-policy.ts'

type Pending = ReadonlySet<AttemptId>

/** `failures` includes attempts that are not settled yet. */
type Open = { type: 'open'; failures: number; consecutiveLocks: number; pending: Pending; challenges: Challenges }
type Locked = { type: 'locked'; until: Instant; consecutiveLocks: number; pending: Pending; challenges: Challenges }
export type State = Open | Locked

type Attempt = {
  attemptId: AttemptId
  purpose: PasswordPurpose
  accountId: AccountId | null
  ipAddress: Sealed
  networkIndex: BlindIndex
  userAgent: Sealed | null
}

export type Command =
  | ({ type: 'attempt'; at: Instant } & Attempt)
  | { type: 'settle'; attemptId: AttemptId; matched: AccountId | null; at: Instant }
  | ChallengeCommand
  | { type: 'unlock'; by: AccountId; at: Instant }
  | { type: 'recordRefusedAttempts'; count: number; from: Instant; to: Instant }

export type Refusal = { type: 'locked_out'; until: Instant } | { type: 'attempt_not_pending' } | { type: 'no_such_challenge' }

const without = (pending: Pending, id: AttemptId): Pending => new Set([...pending].filter((other) => other !== id))

const lock = (policy: LockoutPolicy, state: State, at: Instant) =>
  LoginLocked({ until: lockedUntil(policy, state.consecutiveLocks + 1, at), consecutiveLocks: state.consecutiveLocks + 1, at })

type Summarised = ReturnType<typeof LoginSummarized>['data']

const summarised = (
  { failedAttempts: failures, consecutiveLocks: run, lockedUntil: until, pendingAttemptIds: ids }: Summarised,
  challenges: Challenges,
): State => {
  const pending = new Set(ids)
  return until === null
    ? { type: 'open', failures, consecutiveLocks: run, pending, challenges }
    : { type: 'locked', until, consecutiveLocks: run, pending, challenges }
}

const summaryOf = (state: State, next: LoginEvent) =>
  LoginSummarized({
    failedAttempts: state.type === 'open' ? state.failures : 0,
    consecutiveLocks: state.consecutiveLocks,
    lockedUntil: state.type === 'locked' ? state.until : null,
    pendingAttemptIds: [...state.pending],
    challenges: [...state.challenges].map(([challengeHash, challenge]) => ({ challengeHash, ...challenge })),
    at: timeOf(next),
  })

const evolve = (before: State, event: LoginEvent): State => {
  const state = { ...before, challenges: evolveChallenges(before.challenges, event) }
  const { consecutiveLocks: run, pending, challenges } = state
  switch (event.type) {
    case 'LoginAttempted': {
      const failures = state.type === 'open' ? state.failures + 1 : 1
      return { type: 'open', failures, consecutiveLocks: run, pending: new Set([...pending, event.data.attemptId]), challenges }
    }
    case 'PasswordAccepted': {
      const left = without(pending, event.data.attemptId)
      return state.type === 'open'
        ? { type: 'open', failures: 0, consecutiveLocks: 0, pending: left, challenges }
        : { ...state, pending: left }
    }
    case 'PasswordRejected':
      return { ...state, pending: without(pending, event.data.attemptId) }
    case 'LoginLocked':
      return { type: 'locked', until: event.data.until, consecutiveLocks: event.data.consecutiveLocks, pending, challenges }
    case 'LoginUnlocked':
      return { type: 'open', failures: 0, consecutiveLocks: 0, pending, challenges }
    case 'LoginSummarized':
      return summarised(event.data, challenges)
    case 'LoginAttemptsRefused':
    case 'ChallengeIssued':
    case 'ChallengeAnswered':
    case 'ChallengeVoided':
      return state
  }
}

/** An attempt counts as a failure until it is settled. Attempts counted before a lock keep their outcome, but do not lift it. */
export function login(policy: LockoutPolicy): Decider<State, Command, LoginEvent, Refusal> {
  return {
    initial: { type: 'open', failures: 0, consecutiveLocks: 0, pending: new Set(), challenges: none },
    evolve,
    summary: { type: LoginSummarized.type, of: summaryOf },
    decide: (command, state) => {
      switch (command.type) {
        case 'attempt': {
          const { type: _, ...attempt } = command
          if (state.type === 'locked' && command.at < state.until) return left({ type: 'locked_out', until: state.until })
          const spent = state.type === 'open' && state.failures >= policy.maxAttempts
          return right(spent ? [lock(policy, state, command.at)] : [LoginAttempted(attempt)])
        }
        case 'settle': {
          const { attemptId, matched, at } = command
          if (!state.pending.has(attemptId)) return left({ type: 'attempt_not_pending' })
          if (matched !== null) return right([PasswordAccepted({ attemptId, accountId: matched, at })])
          const spent = state.type === 'open' && state.failures >= policy.maxAttempts
          return right([PasswordRejected({ attemptId, at }), ...(spent ? [lock(policy, state, at)] : [])])
        }
        case 'unlock':
          return right(state.type === 'locked' || state.failures > 0 ? [LoginUnlocked({ by: command.by, at: command.at })] : [])
        case 'challenge':
        case 'answer':
          return decideChallenge(command, state.challenges)
        case 'recordRefusedAttempts':
          return right(command.count > 0 ? [LoginAttemptsRefused({ count: command.count, from: command.from, to: command.to })] : [])
      }
    },
  }
}
