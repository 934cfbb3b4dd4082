import { expect } from 'vitest'

/** Counts what a generator really brought about: a property over histories in which nothing happens proves nothing. */
export const tally = () => {
  const counts = new Map<string, number>()
  return {
    saw: (what: string, times = 1) => void counts.set(what, (counts.get(what) ?? 0) + times),
    expectAtLeast: (times: number, ...whats: readonly string[]) => {
      for (const what of whats) expect(counts.get(what) ?? 0, what).toBeGreaterThanOrEqual(times)
    },
  }
}
