import type { AttemptId } from './ids.ts'
import type { Instant } from './instant.ts'

/** `pending`: attempts that are being checked, and when each began. */
export type AttemptBudget = { readonly failures: number; readonly pending: ReadonlyMap<AttemptId, Instant> }

export const unusedBudget: AttemptBudget = { failures: 0, pending: new Map() }

/** Milliseconds. The outcome of an older attempt was lost in a crash, so it counts as a failure. */
const longestCheck = 60_000

const withLost = ({ failures, pending }: AttemptBudget, at: Instant): AttemptBudget => {
  const checked = new Map([...pending].filter(([, began]) => at - began < longestCheck))
  return { failures: failures + pending.size - checked.size, pending: checked }
}

export function beginAttempt(budget: AttemptBudget, id: AttemptId, at: Instant): AttemptBudget {
  const { failures, pending } = withLost(budget, at)
  return { failures, pending: new Map([...pending, [id, at] as const]) }
}

export function settleAttempt(budget: AttemptBudget, id: AttemptId, isRight: boolean, at: Instant): AttemptBudget {
  const others = new Map([...budget.pending].filter(([other]) => other !== id))
  const { failures, pending } = withLost({ failures: budget.failures, pending: others }, at)
  return { failures: isRight ? 0 : failures + 1, pending }
}

/** As after a success, a lock or an unlock. What is still being checked goes on counting. */
export function resetBudget(budget: AttemptBudget, at: Instant): AttemptBudget {
  return { failures: 0, pending: withLost(budget, at).pending }
}

export function failPending({ failures, pending }: AttemptBudget): AttemptBudget {
  return { failures: failures + pending.size, pending: new Map() }
}

/** As they count at that time: an attempt whose outcome was lost is a failure. */
export function countsAt(budget: AttemptBudget, at: Instant) {
  const { failures, pending } = withLost(budget, at)
  return { failures, pending: pending.size }
}

/** With this attempt as a failure. */
export function failuresWith(budget: AttemptBudget, id: AttemptId, at: Instant) {
  return settleAttempt(budget, id, false, at).failures
}

/** `wait`: only attempts that are still being checked stand in the way. */
export function allowsAttempt(max: number, budget: AttemptBudget, at: Instant): 'yes' | 'wait' | 'spent' {
  const { failures, pending } = countsAt(budget, at)
  if (failures >= max) return 'spent'
  return failures + pending < max ? 'yes' : 'wait'
}

export function isLastFailure(max: number, budget: AttemptBudget, id: AttemptId, at: Instant) {
  return failuresWith(budget, id, at) >= max
}
