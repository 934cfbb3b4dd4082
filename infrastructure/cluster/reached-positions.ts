type Waiting = { readonly position: number; readonly settle: (isReached: boolean) => void }

/** Callers beyond these do not wait. */
const maxWaiting = 1_000

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
    /** Whether the read models have reached `position`, or do so in time. */
    reach: (position: number): boolean | Promise<boolean> => {
      if (position <= reached) return true
      return waiting.size < maxWaiting && wait(position)
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
