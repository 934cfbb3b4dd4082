type Waiting = { readonly position: number; readonly settle: (isReached: boolean) => void }

/** More than this many are not kept waiting: the next one is told at once that it is not so yet. */
const mostWaiting = 1_000

/** Up to which position the read models are, and waiting for them to get there; nobody asks twice, and nobody waits longer than `patience` (ms). */
export function reachedPositions(patience: number) {
  let reached = 0
  const waiting = new Set<Waiting>()

  const wait = (position: number) =>
    new Promise<boolean>((resolve) => {
      const settle = (isReached: boolean) => {
        clearTimeout(timer)
        waiting.delete(one)
        resolve(isReached)
      }
      const one: Waiting = { position, settle }
      const timer = setTimeout(() => settle(false), patience)
      waiting.add(one)
    })

  return {
    position: () => reached,
    /** Whether the read models have seen `position`, or do so in time. */
    reach: (position: number): boolean | Promise<boolean> => {
      if (position <= reached) return true
      return waiting.size < mostWaiting && wait(position)
    },
    moveTo: (position: number) => {
      reached = position
      for (const one of waiting) if (one.position <= position) one.settle(true)
    },
    close: () => {
      for (const one of waiting) one.settle(false)
    },
  }
}

export type ReachedPositions = ReturnType<typeof reachedPositions>
