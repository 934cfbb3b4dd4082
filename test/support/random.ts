/** A generator of random numbers (Mulberry32): the same seed gives the same numbers. */
export const randomFrom = (seed: number) => {
  let state = seed >>> 0
  /** From 0 up to 1, without 1. */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  const pick = <A>(items: readonly A[]): A => items[below(items.length)] as A
  const shuffled = <A>(items: readonly A[]): A[] =>
    items
      .map((item) => ({ item, key: next() }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item)
  return { below, pick, shuffled, chance: (probability: number) => next() < probability }
}

export type Random = ReturnType<typeof randomFrom>
