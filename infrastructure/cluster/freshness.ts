import { monotonic } from '../clock/monotonic.ts'

/** A moment by both clocks, in milliseconds. */
type Moment = { readonly elapsed: number; readonly wall: number }

export type Clocks = { readonly elapsed?: () => number; readonly wall?: () => number }

type Heard = { readonly asked: Moment; readonly head: number }

/**
 * As of when the read models are known to hold everything. Whoever asks for the head of the log takes the moment before asking; once the read models
 * have reached that head they are fresh as of that moment. An answer that comes late proves nothing newer than its question.
 *
 * The age is the larger one of two clocks': the monotonic one does not count while a machine is suspended, and the wall clock may be set back.
 */
export function freshness(maxStaleness: number, { elapsed = monotonic, wall = Date.now }: Clocks = {}) {
  let freshAsOf: Moment | null = null
  let heard: Heard[] = []
  let gained = () => {}
  let hasEnded = false

  const moment = (): Moment => ({ elapsed: elapsed(), wall: wall() })
  const ageOf = (since: Moment) => Math.max(elapsed() - since.elapsed, wall() - since.wall)
  const age = () => (freshAsOf === null ? Number.POSITIVE_INFINITY : ageOf(freshAsOf))

  /** The read models have reached `position`. */
  const reached = (position: number) => {
    if (heard.length === 0) return
    const before = freshAsOf
    for (const { asked, head } of heard) if (head <= position && asked.elapsed >= (freshAsOf?.elapsed ?? 0)) freshAsOf = asked
    heard = heard.filter(({ asked, head }) => head > position && ageOf(asked) <= maxStaleness)
    if (before === null && freshAsOf !== null) gained()
  }

  return {
    moment,
    age,
    reached,
    /** The log's head was `head` at some time after `asked`, and the read models are at `position` now. */
    heard: (asked: Moment, head: number, position: number) => {
      heard.push({ asked, head })
      reached(position)
    },
    /** Nothing that was heard so far counts any more. */
    lose: () => {
      freshAsOf = null
      heard = []
    },
    /** They will not be kept any more, whatever the log says. */
    end: () => {
      hasEnded = true
    },
    isFresh: () => !hasEnded && age() <= maxStaleness,
    /** `then` is called when they become fresh for the first time, or for the first time after they were lost. */
    onGained: (then: () => void) => {
      gained = then
    },
  }
}

export type Freshness = ReturnType<typeof freshness>
