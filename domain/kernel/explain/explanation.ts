import { isLeft } from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import type { Instant } from '../instant.ts'
import { sameValue } from '../same-value.ts'
import type { BudgetName, CounterName, ExplanationRule, UnexplainedReason, WindowName } from './explanation-names.ts'

/** `limit`: the number at which something else would have been decided; null for none. Durations in milliseconds. */
export type Counter = {
  readonly name: CounterName
  readonly value: number
  readonly limit: number | null
  readonly unit: 'times' | 'milliseconds'
}

/** `until`: null for no end. */
export type Window = { readonly name: WindowName; readonly from: Instant; readonly until: Instant | null }

export type Reasons = {
  readonly rule: ExplanationRule
  readonly budget: BudgetName | null
  readonly counters: readonly Counter[]
  readonly windows: readonly Window[]
}

/** `recorded`: what was appended together; the event in question is one of them. `command`: the type of the one that led to them. */
export type Explanation<Event> = { readonly recorded: readonly Event[] } & (
  | { readonly agrees: true; readonly command: string; readonly reasons: Reasons }
  | { readonly agrees: false; readonly because: UnexplainedReason }
)

/** A decider that can be asked again what it decided. */
export type Explainer<State, Command, Event> = {
  readonly decider: Decider<State, Command, Event, unknown>
  /** The command that led to what `events` begins with. What was observed then is taken from the events. Null if no command leads to it. */
  readonly commandOf: (state: State, events: readonly Event[]) => Command | null
  /** Whether `next` can only have been appended with `event`, whatever the policy was. */
  readonly isOneAppend: (state: State, event: Event, next: Event) => boolean
  readonly reasonsFor: (state: State, decided: readonly Event[], command: Command) => Reasons
}

type Typed = { readonly type: string; readonly data: object }

/** Where no number was weighed: the command, and the state that allowed it. */
export function byCommand<State, Command, Event>(
  decider: Decider<State, Command, Event, unknown>,
  commandOf: Explainer<State, Command, Event>['commandOf'],
): Explainer<State, Command, Event> {
  const reasonsFor = () => ({ rule: 'by_command', budget: null, counters: [], windows: [] }) as const
  return { decider, commandOf, isOneAppend: () => false, reasonsFor }
}

const unexplained = <Event>(recorded: readonly Event[], because: UnexplainedReason) => ({ recorded, agrees: false, because }) as const

/** What stands in front because the stream had become long. It is the state, and was appended with what follows. */
const leadingSummary = <State, Event extends Typed>(
  { summary }: Decider<State, never, Event, unknown>,
  state: State,
  [first, next]: readonly Event[],
) => (next !== undefined && first?.type === summary?.type && sameValue(summary?.of(state, next), first) ? 1 : 0)

/** Of the command that `events` begins with, decided on `state`. */
const explainFirst = <State, Command extends { readonly type: string }, Event extends Typed>(
  { decider, commandOf, isOneAppend, reasonsFor }: Explainer<State, Command, Event>,
  state: State,
  events: readonly Event[],
): Explanation<Event> => {
  const summaries = leadingSummary(decider, state, events)
  const following = events.slice(summaries)
  const [event, after] = following
  const least = event !== undefined && after !== undefined && isOneAppend(state, event, after) ? 2 : 1
  const alone = events.slice(0, summaries + least)
  const command = commandOf(state, following)
  if (command === null) return unexplained(alone, 'not_decided')
  const decided = decider.decide(command, state)
  if (isLeft(decided) || decided.right.length === 0) return unexplained(alone, 'decided_otherwise')
  const recorded = events.slice(0, Math.max(summaries + decided.right.length, alone.length))
  return sameValue(recorded.slice(summaries), decided.right)
    ? { recorded, agrees: true, command: command.type, reasons: reasonsFor(state, decided.right, command) }
    : unexplained(alone, 'decided_otherwise')
}

/** `run` begins with the first event of a command that was decided on `state`. The decider finds where each command of the run ends. */
export function explain<State, Command extends { readonly type: string }, Event extends Typed>(
  explainer: Explainer<State, Command, Event>,
  state: State,
  run: readonly Event[],
  index: number,
): Explanation<Event> {
  let before = state
  let rest = run
  for (let left = index; ; ) {
    const first = explainFirst(explainer, before, rest)
    const count = first.recorded.length
    if (left < count) return first
    before = rest.slice(0, count).reduce(explainer.decider.evolve, before)
    rest = rest.slice(count)
    left -= count
  }
}
