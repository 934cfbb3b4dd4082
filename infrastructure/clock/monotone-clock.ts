import type { Now } from '../../application/ports/clock.ts'
import { instant } from '../../domain/kernel/instant.ts'
import { monotonic } from './monotonic.ts'

/** Clocks in milliseconds; `seen` is the latest wall time that the log knows of, 0 for a new one. */
type Sources = { readonly seen: number; readonly wall?: () => number; readonly elapsed?: () => number }

/**
 * Wall time that never goes back. While the wall clock stands behind what was seen, time goes on from there by the monotonic
 * clock, so that nothing expired comes back to life and nothing lives for ever either.
 */
export function monotoneClock({ seen, wall = Date.now, elapsed = monotonic }: Sources): Now {
  let highest = seen
  let behindSince: { readonly elapsed: number; readonly highest: number } | undefined
  return () => {
    const now = wall()
    if (now >= highest) {
      highest = now
      behindSince = undefined
      return instant(now)
    }
    behindSince ??= { elapsed: elapsed(), highest }
    highest = Math.max(highest, behindSince.highest + Math.floor(elapsed() - behindSince.elapsed))
    return instant(highest)
  }
}
