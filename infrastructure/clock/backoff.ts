import { setTimeout as setTimer } from 'node:timers/promises'
import { monotonic } from './monotone-clock.ts'

export type Backoff = {
  /** Milliseconds: the upper limit of the first pause, which doubles with each failure. */
  readonly firstMs: number
  readonly longestMs: number
  readonly deadline?: number
  readonly signal?: AbortSignal
}

/** Full jitter: processes that lost the same server do not come back to it in step. */
export function backoff({ firstMs, longestMs, deadline = Number.POSITIVE_INFINITY, signal }: Backoff) {
  let failures = 0
  return {
    /** Waits after a failure. `false`, at once, if the deadline would pass meanwhile; ends early if `signal` is aborted. */
    pause: async (): Promise<boolean> => {
      const ms = Math.random() * Math.min(longestMs, firstMs * 2 ** failures++)
      if (monotonic() + ms >= deadline) return false
      await setTimer(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {})
      return true
    },
    reset: () => {
      failures = 0
    },
  }
}
