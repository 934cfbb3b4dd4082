import { setTimeout as setTimer } from 'node:timers/promises'
import { mayBeAskedAgain } from './client-error.ts'

/** Milliseconds: for a call with all its attempts, and for one attempt. */
export type Patience = { readonly callMs: number; readonly attemptMs: number }

/** The client's own deadline does not cover all that can hang in it. */
class TookTooLong extends Error {
  readonly type = 'deadline-exceeded'
}

/** Settles with `doing`, or fails after `ms`, which is when `onTimeout` is called; what comes later is dropped. */
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

const firstPauseMs = 50
const longestPauseMs = 1_000

/** Full jitter: nodes that lost the same server do not come back to it in step. */
export function pauseMs(attempt: number) {
  return Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** attempt)
}

/** One attempt: how long it has, how many went before it, and when nobody waits for it any more. */
export type Attempt = { readonly ms: number; readonly before: number; readonly signal: AbortSignal }

/**
 * Tries until it succeeds, fails for good or `callMs` have passed. Only for what is one effect however often it is done.
 */
export async function attempts<A>({ callMs, attemptMs }: Patience, attempt: (attempt: Attempt) => Promise<A>): Promise<A> {
  const end = performance.now() + callMs
  for (let before = 0; ; before++) {
    const ms = Math.ceil(Math.max(1, Math.min(end - performance.now(), attemptMs)))
    const waiting = new AbortController()
    try {
      return await within(ms, attempt({ ms, before, signal: waiting.signal }), () => waiting.abort())
    } catch (error) {
      const wait = pauseMs(before)
      if (!mayBeAskedAgain(error) || performance.now() + wait >= end) throw error
      await setTimer(wait)
    }
  }
}
