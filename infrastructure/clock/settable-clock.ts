import type { Now } from '../../application/ports/clock.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'

/** A clock that stands still until it is told to go on. Like the real one it never goes back. */
export function settableClock(start: Instant) {
  let at = start
  const set = (to: Instant) => {
    at = instant(Math.max(at, to))
  }
  const now: Now = () => at
  return { now, set, advance: (milliseconds: number) => set(instant(at + milliseconds)) }
}
