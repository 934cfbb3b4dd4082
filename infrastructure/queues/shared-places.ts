/** Times the places that are free: one key alone gets eight ninths. */
const factor = 8

/**
 * A dynamic threshold (Choudhury and Hahne 1998): a key may hold up to `factor` times as many places as are free, at most `most`.
 * A fifth is left out of that, for keys that hold none, so that a newcomer finds one.
 */
export function sharedPlaces(limit: number, most = limit) {
  const forNewcomers = Math.floor(limit / 5)
  const held = new Map<string, number>()
  let taken = 0

  const mayTake = (own: number) => {
    const free = limit - taken
    return own === 0 ? free > 0 : own < Math.min(most, factor * (free - forNewcomers))
  }

  return {
    taken: () => taken,
    keys: () => held.size,
    take: (key: string): boolean => {
      const own = held.get(key) ?? 0
      if (!mayTake(own)) return false
      held.set(key, own + 1)
      taken += 1
      return true
    },
    giveBack: (key: string) => {
      const left = (held.get(key) ?? 1) - 1
      if (left === 0) held.delete(key)
      else held.set(key, left)
      taken -= 1
    },
  }
}
