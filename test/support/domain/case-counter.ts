import { expect } from 'vitest'

/** Counts which cases a generator produced: a property over histories in which nothing happens proves nothing. */
export const caseCounter = () => {
  const counts = new Map<string, number>()
  return {
    count: (what: string, times = 1) => void counts.set(what, (counts.get(what) ?? 0) + times),
    expectAtLeast: (times: number, ...whats: readonly string[]) => {
      for (const what of whats) expect(counts.get(what) ?? 0, what).toBeGreaterThanOrEqual(times)
    },
  }
}
