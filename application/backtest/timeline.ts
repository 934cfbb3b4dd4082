import type { Outcome } from '../../domain/kernel/backtest-rules.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'

/** `recordedLocks`: what was. The rest is what the policy would have done, with lockouts and networks together. */
export type Step = {
  readonly at: Instant
  readonly recordedLocks: number
  readonly locks: number
  readonly refusedLogins: number
  readonly stoppedGuesses: number
}

/** Steps in which nothing happened are left out. They are in UTC. */
export type Timeline = { readonly step: 'hour' | 'day'; readonly steps: readonly Step[] }

const hour = 3_600_000
const day = 24 * hour

/** A chart of more hours cannot be read. */
const mostHours = 7 * 24

type Counted = Omit<Step, 'at'>
const nothing: Counted = { recordedLocks: 0, locks: 0, refusedLogins: 0, stoppedGuesses: 0 }

const countOf = (outcome: Outcome): Partial<Counted> => {
  if (outcome.type === 'locked') return { locks: 1 }
  if (outcome.type !== 'refused' || outcome.isRight === null) return {}
  return outcome.isRight ? { refusedLogins: outcome.count } : { stoppedGuesses: outcome.count }
}

const sum = (one: Counted, other: Partial<Counted>): Counted => ({
  recordedLocks: one.recordedLocks + (other.recordedLocks ?? 0),
  locks: one.locks + (other.locks ?? 0),
  refusedLogins: one.refusedLogins + (other.refusedLogins ?? 0),
  stoppedGuesses: one.stoppedGuesses + (other.stoppedGuesses ?? 0),
})

const folded = (hours: ReadonlyMap<number, Counted>, width: number) => {
  const steps = new Map<number, Counted>()
  for (const [at, counted] of hours) {
    const start = at - (at % width)
    steps.set(start, sum(steps.get(start) ?? nothing, counted))
  }
  return [...steps].toSorted(([one], [other]) => one - other).map(([at, counted]): Step => ({ at: instant(at), ...counted }))
}

/** Counts by the hour; by the day if it is more than a week. */
export function timeline() {
  const hours = new Map<number, Counted>()
  const count = (at: Instant, counted: Partial<Counted>) => {
    const start = at - (at % hour)
    hours.set(start, sum(hours.get(start) ?? nothing, counted))
  }
  return {
    recorded: (outcomes: readonly Outcome[]) => {
      for (const { type, at } of outcomes) if (type === 'locked') count(at, { recordedLocks: 1 })
    },
    tried: (outcomes: readonly Outcome[]) => {
      for (const outcome of outcomes) {
        const counted = countOf(outcome)
        if (Object.keys(counted).length > 0) count(outcome.at, counted)
      }
    },
    report: (): Timeline => {
      const times = [...hours.keys()]
      const span =
        times.reduce((most, at) => Math.max(most, at), 0) - times.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY)
      const step = span > mostHours * hour ? 'day' : 'hour'
      return { step, steps: folded(hours, step === 'day' ? day : hour) }
    },
  }
}
