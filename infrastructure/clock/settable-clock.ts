import type { Now } from '../../application/ports/clock.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'

/** Like the real clock, it never goes back. */
export function settableClock(start: Instant) {
  let at = start
  const set = (to: Instant) => {
    at = instant(Math.max(at, to))
  }
  const now: Now = () => at
  return { now, set, advance: (milliseconds: number) => set(instant(at + milliseconds)) }
}
