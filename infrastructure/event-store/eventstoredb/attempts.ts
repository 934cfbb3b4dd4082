import { backoff } from '../../clock/backoff.ts'
import { monotonic } from '../../clock/monotone-clock.ts'
import { mayBeAskedAgain } from './client-error.ts'

/** Milliseconds, for a call with all its attempts and for one attempt. */
export type Patience = { readonly callMs: number; readonly attemptMs: number }

class TookTooLong extends Error {
  readonly type = 'deadline-exceeded'
}

/** Rejects after `ms`; a later result is dropped. */
const within = async <A>(ms: number, doing: Promise<A>, onTimeout: () => void): Promise<A> => {
  const timeout = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    timeout.reject(new TookTooLong('took too long'))
    onTimeout()
  }, ms)
  try {
    return await Promise.race([doing, timeout.promise])
  } finally {
    clearTimeout(timer)
  }
}

export type Attempt = { readonly ms: number; readonly before: number; readonly signal: AbortSignal }

/** Retries until it succeeds, fails for good or `callMs` have passed. Only for idempotent calls. */
export async function attempts<A>({ callMs, attemptMs }: Patience, attempt: (attempt: Attempt) => Promise<A>): Promise<A> {
  const deadline = monotonic() + callMs
  const { pause } = backoff({ firstMs: 50, longestMs: 1_000, deadline })
  for (let before = 0; ; before++) {
    const ms = Math.ceil(Math.max(1, Math.min(deadline - monotonic(), attemptMs)))
    const waiting = new AbortController()
    try {
      return await within(ms, attempt({ ms, before, signal: waiting.signal }), () => waiting.abort())
    } catch (error) {
      if (!mayBeAskedAgain(error) || !(await pause())) throw error
    }
  }
}
