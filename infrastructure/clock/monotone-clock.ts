import type { Now } from '../../application/ports/clock.ts'
import { instant } from '../../domain/kernel/instant.ts'

/** Milliseconds, for durations in this process. */
export function monotonic() {
  return performance.now()
}

/** Milliseconds; `seen` is the newest wall time in the log, 0 for an empty one. */
type Sources = { readonly seen: number; readonly wall?: () => number; readonly elapsed?: () => number }

/**
 * Wall time that never goes back, so that nothing expired becomes valid again. While the wall clock is behind, the
 * monotonic clock advances it, so that everything still expires.
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
