import { monotonic } from '../clock/monotone-clock.ts'

/** A moment by both clocks, in milliseconds. */
type Moment = { readonly elapsed: number; readonly wall: number }

export type Clocks = { readonly elapsed?: () => number; readonly wall?: () => number }

type KnownHead = { readonly asked: Moment; readonly head: number }

/** The age is the larger one of two clocks: the monotonic one stops while a machine is suspended, the wall clock may be set back. */
export function freshness(maxStaleness: number, { elapsed = monotonic, wall = Date.now }: Clocks = {}) {
  let freshAsOf: Moment | null = null
  let heads: KnownHead[] = []
  let gained = () => {}
  let hasEnded = false

  const moment = (): Moment => ({ elapsed: elapsed(), wall: wall() })
  const ageOf = (since: Moment) => Math.max(elapsed() - since.elapsed, wall() - since.wall)
  const age = () => (freshAsOf === null ? Number.POSITIVE_INFINITY : ageOf(freshAsOf))

  const reached = (position: number) => {
    if (heads.length === 0) return
    const before = freshAsOf
    for (const { asked, head } of heads) if (head <= position && asked.elapsed >= (freshAsOf?.elapsed ?? 0)) freshAsOf = asked
    heads = heads.filter(({ asked, head }) => head > position && ageOf(asked) <= maxStaleness)
    if (before === null && freshAsOf !== null) gained()
  }

  return {
    moment,
    age,
    reached,
    /** The log's head was `head` at some time after `asked`; the read models are at `position` now. */
    record: (asked: Moment, head: number, position: number) => {
      heads.push({ asked, head })
      reached(position)
    },
    reset: () => {
      freshAsOf = null
      heads = []
    },
    /** Nothing writes the read models any more: they are stale for good. */
    end: () => {
      hasEnded = true
    },
    isFresh: () => !hasEnded && age() <= maxStaleness,
    /** Calls `then` when they become fresh for the first time, and for the first time after a `reset`. */
    onGained: (then: () => void) => {
      gained = then
    },
  }
}

export type Freshness = ReturnType<typeof freshness>
