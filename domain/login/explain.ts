import { failuresWith } from '../kernel/attempt-budget.ts'
import type { Explainer, Reasons } from '../kernel/explain/explanation.ts'
import type { BudgetName } from '../kernel/explain/explanation-names.ts'
import { between, budgetAt, lockReasons, times } from '../kernel/explain/reasons.ts'
import { type AccountId, type AttemptId, type DeviceId, unrecordedAttempt } from '../kernel/ids.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import type { LoginPolicy } from './challenges.ts'
import { type Command, login } from './decider.ts'
import type { LoginEvent } from './events.ts'
import { laneOf, laneOfAttempt } from './lanes.ts'
import type { State } from './state.ts'

type Settled = { readonly attemptId: AttemptId; readonly at: Instant }

const settlement = ({ attemptId, at }: Settled, matched: AccountId | null, isKey: boolean): Command => {
  return { type: 'settle', ...(isKey ? { by: 'signature' as const } : {}), attemptId, matched, at }
}

const commandOf = (_: State, [event]: readonly LoginEvent[]): Command | null => {
  switch (event?.type) {
    case 'LoginAttempted':
      return { type: 'attempt', ...event.data }
    case 'SignatureAttempted':
      return { type: 'attempt', by: 'signature', ...event.data }
    case 'PasswordAccepted':
    case 'SignatureAccepted':
      return settlement(event.data, event.data.accountId, event.type === 'SignatureAccepted')
    case 'PasswordRejected':
    case 'SignatureRejected':
      return settlement(event.data, null, event.type === 'SignatureRejected')
    case 'LoginLocked':
      // The rest of an attempt that was not recorded decides nothing.
      return { type: 'attempt', attemptId: unrecordedAttempt, deviceId: event.data.deviceId, at: event.data.at } as Command
    case 'LoginUnlocked':
      return { type: 'unlock', ...event.data }
    case 'LoginAttemptsRefused':
      return { type: 'recordRefusedAttempts', ...event.data }
    case 'ChallengeIssued':
      return { type: 'challenge', ...event.data }
    case 'ChallengeAnswered':
      return { type: 'answer', ...event.data, void: null }
    case 'ChallengeVoided':
      return { type: 'answer', challengeHash: event.data.challengeHash, void: event.data.because, at: event.data.at }
    case 'LoginSummarized':
      return { type: 'summarize', at: event.data.at }
    default:
      return null
  }
}

const isOneAppend = ({ lanes }: State, event: LoginEvent, next: LoginEvent) =>
  (event.type === 'PasswordRejected' || event.type === 'SignatureRejected') &&
  next.type === 'LoginLocked' &&
  next.data.at === event.data.at &&
  laneOfAttempt(lanes, event.data.attemptId)?.[0] === next.data.deviceId

const budgetOf = (device: DeviceId | null): BudgetName => (device === null ? 'strangers' : 'known_device')

const openLocks = ({ lanes }: State, at: Instant) =>
  [...lanes.values()].flatMap(({ until }) => (until !== null && at < until ? [between('lock', at, until)] : []))

const ofChallenge = ({ challengeLifetime }: LoginPolicy, issuedAt: Instant) =>
  between('challenge', issuedAt, challengeLifetime === null ? null : instant(issuedAt + challengeLifetime))

type Locked = Extract<LoginEvent, { type: 'LoginLocked' }>

const afterFailure = (policy: LoginPolicy, { lanes }: State, id: AttemptId, at: Instant, lock: Locked | undefined): Reasons => {
  const [device, lane] = laneOfAttempt(lanes, id) ?? [null, laneOf(lanes, null)]
  const failures = failuresWith(lane.budget, id, at)
  if (lock === undefined) {
    return {
      rule: 'failure_counted',
      budget: budgetOf(device),
      counters: [times('failures', failures, policy.maxAttempts)],
      windows: [],
    }
  }
  return { rule: 'budget_spent', budget: budgetOf(device), ...lockReasons(lock.data, failures, policy.maxAttempts, policy.lockoutMax) }
}

const plain = { budget: null, counters: [], windows: [] } as const

export function loginExplainer(policy: LoginPolicy): Explainer<State, Command, LoginEvent> {
  const reasonsFor = (state: State, [event, next]: readonly LoginEvent[]): Reasons => {
    const { lanes, rejected, challenges } = state
    switch (event?.type) {
      case 'LoginAttempted':
      case 'SignatureAttempted': {
        const { deviceId, at } = event.data
        const { budget, consecutiveLocks } = laneOf(lanes, deviceId)
        const counters = [
          ...budgetAt(budget, policy.maxAttempts, at),
          ...(consecutiveLocks > 0 ? [times('locks_in_a_row', consecutiveLocks)] : []),
        ]
        return { rule: 'attempt_within_budget', budget: budgetOf(deviceId), counters, windows: [] }
      }
      case 'PasswordAccepted':
      case 'SignatureAccepted': {
        const [device, lane] = laneOfAttempt(lanes, event.data.attemptId) ?? [null, laneOf(lanes, null)]
        const failures = failuresWith(lane.budget, event.data.attemptId, event.data.at) - 1
        const counters = [times('failures', failures, policy.maxAttempts), times('rejected_since_last_login', rejected)]
        return { rule: 'matched', budget: budgetOf(device), counters, windows: [] }
      }
      case 'PasswordRejected':
      case 'SignatureRejected':
        return afterFailure(policy, state, event.data.attemptId, event.data.at, next?.type === 'LoginLocked' ? next : undefined)
      case 'LoginLocked': {
        const { deviceId, at } = event.data
        const failures = budgetAt(laneOf(lanes, deviceId).budget, policy.maxAttempts, at)[0]?.value ?? 0
        const reasons = lockReasons(event.data, failures, policy.maxAttempts, policy.lockoutMax)
        return { rule: 'budget_spent_before_the_check', budget: budgetOf(deviceId), ...reasons }
      }
      case 'LoginUnlocked': {
        const locks = Math.max(0, ...[...lanes.values()].map(({ consecutiveLocks }) => consecutiveLocks))
        return { ...plain, rule: 'lock_lifted', counters: [times('locks_in_a_row', locks)], windows: openLocks(state, event.data.at) }
      }
      case 'LoginAttemptsRefused': {
        const { count, from, to } = event.data
        return {
          ...plain,
          rule: 'refused_while_locked',
          counters: [times('attempts_refused', count)],
          windows: [between('refusals', from, to)],
        }
      }
      case 'ChallengeIssued':
        return { ...plain, rule: 'challenge_opened', windows: [ofChallenge(policy, event.data.at)] }
      case 'ChallengeAnswered':
      case 'ChallengeVoided': {
        const issuedAt = challenges.get(event.data.challengeHash)?.issuedAt ?? event.data.at
        const rule = event.type === 'ChallengeAnswered' ? 'challenge_answered' : 'challenge_voided'
        return { ...plain, rule, windows: [ofChallenge(policy, issuedAt)] }
      }
      default:
        return { ...plain, rule: 'summarized' }
    }
  }
  return { decider: login(policy), commandOf, isOneAppend, reasonsFor }
}
