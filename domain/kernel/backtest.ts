import { isLeft } from 'fp-ts/lib/Either.js'
import type { Outcome, Rules, Told } from './backtest-rules.ts'
import type { AttemptId } from './ids.ts'
import type { Instant } from './instant.ts'

/** One stream, gone through under another policy. `recorded` and `tried`: what was, and what would have been. */
export type Trial<State, Event> = {
  readonly recorded: State
  readonly tried: State
  /** Attempts that the policy refuses, and those that it keeps waiting, until it is known whether they were right. */
  readonly refused: ReadonlyMap<AttemptId, Instant>
  readonly waiting: ReadonlyMap<AttemptId, Event>
  /** Of the newest rejection, if nothing was attempted since. */
  readonly rejectedAt: Instant | null
  readonly hasGap: boolean
}

export type Step<State, Event> = {
  readonly trial: Trial<State, Event>
  readonly recorded: readonly Outcome[]
  readonly tried: readonly Outcome[]
}

export function beginTrial<State, Event>(recorded: State): Trial<State, Event> {
  return { recorded, tried: recorded, refused: new Map(), waiting: new Map(), rejectedAt: null, hasGap: false }
}

/** Milliseconds. An attempt whose outcome was not recorded by then was lost in a crash. */
const longestCheck = 60_000

const without = <V>(map: ReadonlyMap<AttemptId, V>, id: AttemptId) => new Map([...map].filter(([other]) => other !== id))

/** Nothing of it matters for what comes. */
export function isIdle<State, Event>(
  { isUnused }: Rules<State, Event>,
  { recorded, tried, refused, waiting, hasGap }: Trial<State, Event>,
) {
  return !hasGap && refused.size === 0 && waiting.size === 0 && isUnused(recorded) && isUnused(tried)
}

/** Goes through the events of one stream in their order. Attempts come when they came, whatever their senders would have done after a refusal. */
export function backtest<State, Event>(rules: Rules<State, Event>) {
  const { evolve, tell, timeOf } = rules
  type Tried = Trial<State, Event>
  type Result = { readonly trial: Tried; readonly tried: readonly Outcome[] }

  const locksIn = (events: readonly Event[]) =>
    events.flatMap((event): Outcome[] => {
      const told = tell(event)
      return told.type === 'lock' ? [{ type: 'locked', until: told.until, at: timeOf(event) }] : []
    })
  const isBegun = (events: readonly Event[]) => events.some((event) => tell(event).type === 'attempt')
  const unlockedAt = (state: State, at: Instant): Outcome => {
    const shortened = rules.locks(state).reduce((sum, until) => sum + Math.max(0, until - at), 0)
    return { type: 'unlocked', shortened, at }
  }
  const folded = (trial: Tried, events: readonly Event[]): Result => ({
    trial: { ...trial, tried: events.reduce(evolve, trial.tried) },
    tried: locksIn(events),
  })

  /** Without the attempts whose outcome was lost. */
  const current = (trial: Tried, at: Instant): Tried => ({
    ...trial,
    refused: new Map([...trial.refused].filter(([, since]) => at - since < longestCheck)),
    waiting: new Map([...trial.waiting].filter(([, attempted]) => at - timeOf(attempted) < longestCheck)),
  })
  const refuse = (trial: Tried, id: AttemptId, at: Instant): Tried => ({
    ...trial,
    refused: new Map([...trial.refused, [id, at] as const]),
  })

  const attempt = (before: Tried, event: Event, id: AttemptId): Result => {
    const at = timeOf(event)
    const trial = current(before, at)
    const decided = rules.attempt(trial.tried, event, at)
    if (!isLeft(decided)) return folded(isBegun(decided.right) ? trial : refuse(trial, id, at), decided.right)
    if (decided.left === 'locked') return { trial: refuse(trial, id, at), tried: [] }
    return { trial: { ...trial, waiting: new Map([...trial.waiting, [id, event] as const]) }, tried: [] }
  }

  const refusal = (isRight: boolean, at: Instant): Outcome => ({ type: 'refused', isRight, count: 1, at })

  /** One that had to wait is tried once more when it was settled. */
  const settleWaiting = (trial: Tried, attempted: Event, settlement: Event, isRight: boolean): Result => {
    const at = timeOf(settlement)
    const decided = rules.attempt(trial.tried, attempted, at)
    if (isLeft(decided)) return { trial, tried: [refusal(isRight, at)] }
    const begun = folded(trial, decided.right)
    if (!isBegun(decided.right)) return { trial: begun.trial, tried: [...begun.tried, refusal(isRight, at)] }
    const settled = folded(begun.trial, rules.settle(begun.trial.tried, settlement))
    return { trial: settled.trial, tried: [...begun.tried, ...settled.tried] }
  }

  const settle = (trial: Tried, event: Event, { id, isRight }: Extract<Told, { type: 'settlement' }>): Result => {
    const attempted = trial.waiting.get(id)
    if (attempted !== undefined) return settleWaiting({ ...trial, waiting: without(trial.waiting, id) }, attempted, event, isRight)
    if (trial.refused.has(id)) {
      return { trial: { ...trial, refused: without(trial.refused, id) }, tried: [refusal(isRight, timeOf(event))] }
    }
    return folded(trial, rules.settle(trial.tried, event))
  }

  /** Of an attempt that was not checked: it counts only if it locks here too. */
  const lockedUnchecked = (trial: Tried, event: Event): Result => {
    const at = timeOf(event)
    const decided = rules.attempt(trial.tried, event, at)
    const isAdmitted = isLeft(decided) ? decided.left === 'pending' : isBegun(decided.right)
    if (isAdmitted) return { trial, tried: [{ type: 'admitted', count: 1, at }] }
    const refused: Outcome = { type: 'refused', isRight: null, count: 1, at }
    if (isLeft(decided)) return { trial, tried: [refused] }
    const locked = folded(trial, decided.right)
    return { ...locked, tried: [refused, ...locked.tried] }
  }

  const refusedBefore = (trial: Tried, event: Event, count: number): Result => {
    const at = timeOf(event)
    const isLocked = rules.locks(trial.tried).some((until) => at < until)
    return { trial, tried: [isLocked ? { type: 'refused', isRight: null, count, at } : { type: 'admitted', count, at }] }
  }

  const tryOut = (trial: Tried, event: Event, told: Told): Result => {
    switch (told.type) {
      case 'attempt':
        return attempt(trial, event, told.id)
      case 'settlement':
        return settle(trial, event, told)
      case 'lock':
        return timeOf(event) === trial.rejectedAt ? { trial, tried: [] } : lockedUnchecked(trial, event)
      case 'unlock':
        return { trial: { ...trial, tried: evolve(trial.tried, event) }, tried: [unlockedAt(trial.tried, timeOf(event))] }
      case 'refused':
        return refusedBefore(trial, event, told.count)
      case 'summary':
        return { trial: trial.hasGap ? { ...trial, tried: trial.recorded, hasGap: false } : trial, tried: [] }
      case 'erased':
        return { trial: { ...trial, hasGap: true }, tried: [] }
      case 'other':
        return { trial: { ...trial, tried: evolve(trial.tried, event) }, tried: [] }
    }
  }

  const outcomesOf = ({ recorded, rejectedAt }: Tried, event: Event, told: Told): readonly Outcome[] => {
    const at = timeOf(event)
    const unchecked = (count: number): Outcome => ({ type: 'refused', isRight: null, count, at })
    if (told.type === 'refused') return [unchecked(told.count)]
    if (told.type === 'unlock') return [unlockedAt(recorded, at)]
    if (told.type !== 'lock') return []
    return [...(rejectedAt === at ? [] : [unchecked(1)]), ...locksIn([event])]
  }

  const rejectedAtAfter = (trial: Tried, event: Event, told: Told) => {
    if (told.type === 'settlement') return told.isRight ? null : timeOf(event)
    return told.type === 'summary' ? trial.rejectedAt : null
  }

  /** `isBarred`: of an attempt that something else refuses, so that it never comes before the policy. */
  return (trial: Tried, event: Event, isBarred = false): Step<State, Event> => {
    const told = tell(event)
    const recorded = evolve(trial.recorded, event)
    const before = { ...trial, recorded }
    const result = isBarred ? { trial: before, tried: [] } : tryOut(before, event, told)
    return {
      trial: { ...result.trial, rejectedAt: rejectedAtAfter(trial, event, told) },
      recorded: outcomesOf(trial, event, told),
      tried: result.tried,
    }
  }
}
