import { backtest, beginTrial, isIdle, type Trial } from '../../domain/kernel/backtest.ts'
import type { Rules } from '../../domain/kernel/backtest-rules.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { type Figures, noFigures, withOutcomes } from './figures.ts'
import type { timeline } from './timeline.ts'

/** Milliseconds since 1970. `to` is not part of it. */
export type Range = { readonly from: Instant | null; readonly to: Instant | null }

/** `names`: how many were ever locked, known and unknown ones. */
export type Side = Figures & { readonly names: number }

export type AccountFigures = { readonly accountId: AccountId; readonly recorded: Figures; readonly tried: Figures }

type Affected = { recorded: Figures; tried: Figures; accountId: AccountId | null }

/** All streams of a kind. State is kept only of those with attempts that still count, figures only of those that were locked or refused. */
export function tryStreams<State, Event>(
  rules: Rules<State, Event>,
  accountIn: (stream: string, event: Event) => AccountId | null,
  { from, to }: Range,
  steps: Pick<ReturnType<typeof timeline>, 'recorded' | 'tried'>,
) {
  const step = backtest(rules)
  const trials = new Map<string, Trial<State, Event>>()
  const affected = new Map<string, Affected>()
  const accounts = new Map<string, AccountId>()
  let all: { readonly recorded: Figures; readonly tried: Figures } = { recorded: noFigures, tried: noFigures }

  const keep = (stream: string, trial: Trial<State, Event>) => {
    if (!isIdle(rules, trial)) return void trials.set(stream, trial)
    trials.delete(stream)
    accounts.delete(stream)
  }
  /** `isBarred`: of an attempt that something else refuses. */
  const take = (stream: string, event: Event, isBarred = false) => {
    const at = rules.timeOf(event)
    if (to !== null && at >= to) return
    const account = accountIn(stream, event)
    if (account !== null) accounts.set(stream, account)
    const trial = trials.get(stream) ?? beginTrial<State, Event>(rules.initial)
    if (from !== null && at < from) return keep(stream, beginTrial(rules.evolve(trial.recorded, event)))
    const { trial: next, recorded, tried } = step(trial, event, isBarred)
    if (recorded.length + tried.length > 0) {
      steps.recorded(recorded)
      steps.tried(tried)
      const before = affected.get(stream) ?? { recorded: noFigures, tried: noFigures, accountId: null }
      affected.set(stream, {
        accountId: accounts.get(stream) ?? before.accountId,
        recorded: withOutcomes(before.recorded, recorded),
        tried: withOutcomes(before.tried, tried),
      })
      all = { recorded: withOutcomes(all.recorded, recorded), tried: withOutcomes(all.tried, tried) }
    }
    keep(stream, next)
  }

  const lockedNames = (side: 'recorded' | 'tried') => [...affected.values()].filter((each) => each[side].locks > 0).length
  return {
    take,
    report: () => ({
      recorded: { ...all.recorded, names: lockedNames('recorded') } satisfies Side,
      tried: { ...all.tried, names: lockedNames('tried') } satisfies Side,
      accounts: [...affected.values()].flatMap(({ accountId, ...figures }): AccountFigures[] =>
        accountId === null ? [] : [{ accountId, ...figures }],
      ),
    }),
  }
}
