import { failuresWith } from '../kernel/attempt-budget.ts'
import type { Explainer, Reasons } from '../kernel/explain/explanation.ts'
import { between, budgetAt, lockReasons, times } from '../kernel/explain/reasons.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import type { LockoutPolicy } from '../kernel/lockout-policy.ts'
import { mostFailuresInARow } from './code-policy.ts'
import { secondFactorCommand } from './command-of.ts'
import { type Command, enrollmentLifetime, secondFactor } from './decider.ts'
import type { SecondFactorEvent } from './events.ts'
import type { State } from './factor.ts'
import { codesLeft } from './recovery-codes.ts'
import { nextSendAt } from './send-policy.ts'

const plain = { budget: null, counters: [], windows: [] } as const

const inARow = ({ entry }: State, more = 0) => times('failures_in_a_row', entry.failuresInARow + more, mostFailuresInARow)

const lastSteps = ({ factor }: State, timeStep: number) => [
  times('time_step', timeStep),
  ...(factor.type === 'active' ? [times('last_accepted_time_step', factor.lastStep)] : []),
]

const leftNow = ({ factor }: State) => (factor.type === 'active' ? [times('recovery_codes_left', codesLeft(factor.recovery))] : [])

const isOneAppend = (_: State, event: SecondFactorEvent, next: SecondFactorEvent) =>
  (event.type === 'CodeRejected' && next.type === 'CodeEntryLocked' && next.data.at === event.data.at) ||
  (event.type === 'RecoveryCodeUsed' && next.type === 'SecondFactorRemoved' && next.data.because === 'last_recovery_code_used')

const openLocks = ({ entry: { until } }: State, at: Instant) => (until !== null && at < until ? [between('lock', at, until)] : [])

/** Between the code before and the earliest time of another. */
const pauses = ({ sent }: State) => {
  const last = sent.at(-1)
  return last === undefined ? [] : [between('pause_between_codes', last.at, nextSendAt(sent))]
}

export function codeExplainer(policy: LockoutPolicy): Explainer<State, Command, SecondFactorEvent> {
  const ofRejection = (state: State, [event, lock]: readonly SecondFactorEvent[]): Reasons => {
    const { attemptId, at } = (event as Extract<SecondFactorEvent, { type: 'CodeRejected' }>).data
    const { budget, pending } = state.entry
    if (pending.get(attemptId)?.sessionId !== null) return { ...plain, rule: 'failure_of_a_session', counters: [inARow(state, 1)] }
    const failures = failuresWith(budget, attemptId, at)
    if (lock?.type === 'CodeEntryLocked') {
      const { counters, windows } = lockReasons(lock.data, failures, policy.maxAttempts, policy.lockoutMax)
      return { rule: 'budget_spent', budget: 'code_entry', counters: [...counters, inARow(state, 1)], windows }
    }
    const counters = [times('failures', failures, policy.maxAttempts), inARow(state, 1)]
    return { rule: 'failure_counted', budget: 'code_entry', counters, windows: [] }
  }
  const budgetBefore = ({ entry }: State, at: Instant) => budgetAt(entry.budget, policy.maxAttempts, at)

  const reasonsFor = (state: State, decided: readonly SecondFactorEvent[]): Reasons => {
    const [event, next] = decided
    const { entry } = state
    switch (event?.type) {
      case 'CodeAttempted':
        return event.data.sessionId === null
          ? {
              ...plain,
              rule: 'attempt_within_budget',
              budget: 'code_entry',
              counters: [...budgetBefore(state, event.data.at), inARow(state)],
            }
          : { ...plain, rule: 'attempt_counts_against_the_session', budget: 'session', counters: [inARow(state)] }
      case 'CodeAccepted':
        return { ...plain, rule: 'code_is_newer', counters: lastSteps(state, event.data.timeStep) }
      case 'RecoveryCodeUsed': {
        const rule = next === undefined ? 'recovery_code_unused' : 'last_recovery_code_used'
        return { ...plain, rule, counters: [times('recovery_code', event.data.number), ...leftNow(state)] }
      }
      case 'CodeRejected':
        return ofRejection(state, decided)
      case 'CodeEntryLocked': {
        const failures = budgetBefore(state, event.data.at)[0]?.value ?? 0
        const reasons = lockReasons(event.data, failures, policy.maxAttempts, policy.lockoutMax)
        return { rule: 'budget_spent_before_the_check', budget: 'code_entry', ...reasons }
      }
      case 'CodeEntryUnlocked': {
        const counters = [times('locks_in_a_row', entry.consecutiveLocks), inARow(state)]
        return { ...plain, rule: 'lock_lifted', counters, windows: openLocks(state, event.data.at) }
      }
      case 'CodeSent':
        return { ...plain, rule: 'code_may_be_sent', counters: [times('codes_sent_lately', state.sent.length)], windows: pauses(state) }
      case 'TotpEnrollmentStarted':
        return {
          ...plain,
          rule: 'enrollment_begun',
          windows: [between('enrollment', event.data.at, instant(event.data.at + enrollmentLifetime))],
        }
      case 'TotpEnrollmentConfirmed':
        return { ...plain, rule: 'enrollment_confirmed', counters: lastSteps({ ...state, factor: { type: 'none' } }, event.data.timeStep) }
      default:
        return { ...plain, rule: 'factor_changed', counters: leftNow(state) }
    }
  }
  return { decider: secondFactor(policy), commandOf: secondFactorCommand, isOneAppend, reasonsFor }
}
