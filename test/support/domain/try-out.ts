import { backtest, beginTrial } from '../../../domain/kernel/backtest.ts'
import type { Outcome, Rules } from '../../../domain/kernel/backtest-rules.ts'

/** All outcomes of a log: as they were recorded, and as the rules would have it. */
export function tryOut<State, Event>(rules: Rules<State, Event>, log: readonly Event[]) {
  const step = backtest(rules)
  const recorded: Outcome[] = []
  const tried: Outcome[] = []
  let trial = beginTrial<State, Event>(rules.initial)
  for (const event of log) {
    const next = step(trial, event)
    trial = next.trial
    recorded.push(...next.recorded)
    tried.push(...next.tried)
  }
  return { recorded, tried, trial }
}

export const locksOf = (outcomes: readonly Outcome[]) => outcomes.filter(({ type }) => type === 'locked' || type === 'unlocked')

/** Attempts that were checked when they were recorded. */
export const refusedChecks = (outcomes: readonly Outcome[]) => outcomes.filter((each) => each.type === 'refused' && each.isRight !== null)
