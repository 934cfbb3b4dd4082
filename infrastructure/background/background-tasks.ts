import type { Task } from 'fp-ts/lib/Task.js'

/** Milliseconds. */
const longestPause = 500

/** Each task starts after a random pause, so that the timing of the next responses reveals nothing about it. */
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

  const settled = async () => {
    while (waiting.size + underWay.size > 0) {
      for (const start of [...waiting]) start()
      await Promise.all(underWay)
    }
  }
  return { run, settled }
}
