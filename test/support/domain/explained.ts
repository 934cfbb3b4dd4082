import type { Decider } from '../../../domain/kernel/decider.ts'
import { type Explainer, explain } from '../../../domain/kernel/explain/explanation.ts'

type Typed = { readonly type: string; readonly data: object }

/** The explanation of each event, found in the whole log as one run. */
export const explainEach = <State, Command extends { readonly type: string }, Event extends Typed>(
  explainer: Explainer<State, Command, Event>,
  log: readonly Event[],
) => log.map((event, index) => ({ event, index, ...explain(explainer, explainer.decider.initial, log, index) }))

/** The log with summaries in front of some of the appends, as the journal records them in long streams, and what was appended together. */
export const withSummaries = <State, Event extends Typed>(
  { summary, initial, evolve }: Pick<Decider<State, never, Event, unknown>, 'summary' | 'initial' | 'evolve'>,
  appends: readonly (readonly Event[])[],
  isDue: (append: number) => boolean,
): readonly (readonly Event[])[] => {
  let state = initial
  return appends.map((events, index) => {
    const [next] = events
    const summarized = next !== undefined && isDue(index) ? (summary?.of(state, next) ?? null) : null
    const all = summarized === null ? events : [summarized, ...events]
    state = all.reduce(evolve, state)
    return all
  })
}

/** For each event of the log, what it was appended with. */
export const appendOf = <Event>(appends: readonly (readonly Event[])[]) => appends.flatMap((events) => events.map(() => events))
