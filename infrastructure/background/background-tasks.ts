import type { Task } from 'fp-ts/lib/Task.js'

/** Milliseconds. */
const longestPause = 500

/**
 * Runs what nobody waits for, each after a pause of its own, drawn by chance: what it costs the machine falls on no request that belongs to it, and whoever
 * asks next learns nothing about whether there was anything to do.
 */
export function backgroundTasks(onFault: (error: unknown) => void, pause = () => Math.random() * longestPause) {
  const waiting = new Set<() => void>()
  const underWay = new Set<Promise<unknown>>()

  const run = (task: Task<unknown>) => {
    const start = () => {
      clearTimeout(timer)
      waiting.delete(start)
      const running: Promise<unknown> = task()
        .catch(onFault)
        .finally(() => underWay.delete(running))
      underWay.add(running)
    }
    const timer = setTimeout(start, pause())
    waiting.add(start)
  }

  /** Starts what still waits, and ends when all is done. */
  const settled = async () => {
    while (waiting.size + underWay.size > 0) {
      for (const start of [...waiting]) start()
      await Promise.all(underWay)
    }
  }
  return { run, settled }
}
