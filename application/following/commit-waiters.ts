import type { ObserveCommits } from '../ports/commit-observer.ts'

/** Those who wait for the next commit. Waking many of them costs a commit nothing but a walk over the list. */
export function commitWaiters(observeCommits: ObserveCommits) {
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const resolve of [...waiting]) resolve()
  }
  const stop = observeCommits({ observe: wake, clear: wake })
  return {
    /** Settles at the next commit, or when `signal` is aborted, which it must not be yet. */
    next: (signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        const done = () => {
          waiting.delete(done)
          signal.removeEventListener('abort', done)
          resolve()
        }
        waiting.add(done)
        signal.addEventListener('abort', done, { once: true })
      }),
    count: () => waiting.size,
    stop,
  }
}
