import type { AttemptBudget } from '../attempt-budget.ts'
import { countsAt } from '../attempt-budget.ts'
import type { Instant } from '../instant.ts'
import type { Counter, Window } from './explanation.ts'
import type { CounterName, WindowName } from './explanation-names.ts'

export function times(name: CounterName, value: number, limit: number | null = null): Counter {
  return { name, value, limit, unit: 'times' }
}

export function milliseconds(name: CounterName, value: number, limit: number | null = null): Counter {
  return { name, value, limit, unit: 'milliseconds' }
}

export function between(name: WindowName, from: Instant, until: Instant | null): Window {
  return { name, from, until }
}

/** Before an attempt. */
export function budgetAt(budget: AttemptBudget, max: number, at: Instant): readonly Counter[] {
  const { failures, pending } = countsAt(budget, at)
  return [times('failures', failures, max), ...(pending > 0 ? [times('attempts_being_checked', pending, max - failures)] : [])]
}

type Lock = { readonly at: Instant; readonly until: Instant; readonly consecutiveLocks: number }

export function lockReasons({ at, until, consecutiveLocks }: Lock, failures: number, max: number, lockoutMax: number) {
  return {
    counters: [
      times('failures', failures, max),
      times('locks_in_a_row', consecutiveLocks),
      milliseconds('lock_duration', until - at, lockoutMax),
    ],
    windows: [between('lock', at, until)],
  }
}
