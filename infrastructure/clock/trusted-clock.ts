import { readFileSync } from 'node:fs'
import type { Now } from '../../application/ports/clock.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'
import { monotoneClock, monotonic } from './monotone-clock.ts'

const hour = 3_600_000
const day = 24 * hour

/** The clocks are not read in the same moment. */
const allowed = hour + 1_000

/** Unlike the monotonic clock, it goes on while the machine sleeps. Milliseconds. */
const sinceBoot = () => {
  try {
    return Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000
  } catch {
    return Number.NaN
  }
}

export type ClockEvent = { readonly type: 'jumped' | 'restored'; readonly byMs: number }

export type ClockSources = {
  /** Milliseconds since 1970. */
  readonly wall?: () => number
  /** Monotonic milliseconds. */
  readonly elapsed?: () => number
  readonly uptime?: () => number
}

type Options = ClockSources & {
  readonly acceptJump?: boolean
  readonly onEvent?: (event: ClockEvent) => void
}

export type TrustedClock = {
  /** For expiry: never goes back, not even behind `seen`. */
  readonly now: Now
  readonly wall: Now
  /** Whether the wall clock is more than an hour off what the monotonic clock leads to expect. */
  readonly hasJumped: () => boolean
  readonly raise: (newest: number) => void
}

/** While the wall clock is off, time goes on by the monotonic clock. A day of small corrections may add up to an hour. */
export function trustedClock(
  seen: number,
  { wall = Date.now, elapsed = monotonic, uptime = sinceBoot, acceptJump = false, onEvent = () => {} }: Options = {},
): TrustedClock {
  const moment = () => ({ wall: wall(), elapsed: elapsed(), uptime: uptime() })
  let start = moment()
  let hasJumped = false

  const hasSlept = (at: number) => Math.abs(at - start.wall - (uptime() - start.uptime)) <= allowed

  const trusted = (): Instant => {
    const at = wall()
    const since = elapsed() - start.elapsed
    const byMs = Math.round(at - start.wall - since)
    const isRight = Math.abs(byMs) <= allowed
    if (!isRight && !acceptJump && !hasSlept(at)) {
      if (!hasJumped) onEvent({ type: 'jumped', byMs })
      hasJumped = true
      return instant(Math.floor(start.wall + since))
    }
    if (hasJumped) onEvent({ type: 'restored', byMs })
    if (!isRight || since > day) start = moment()
    hasJumped = false
    return instant(at)
  }

  let clock = monotoneClock({ seen, wall: trusted, elapsed })
  return {
    now: () => clock(),
    wall: trusted,
    hasJumped: () => {
      trusted()
      return hasJumped
    },
    raise: (newest) => {
      clock = monotoneClock({ seen: Math.max(clock(), newest), wall: trusted, elapsed })
    },
  }
}
