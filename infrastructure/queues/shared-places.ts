/** A key may hold as many places as are free (Choudhury and Hahne 1998), at most `most`. A quarter is for keys that hold none, so that a newcomer finds one. */
export function sharedPlaces(limit: number, most = limit) {
  const forNewcomers = Math.floor(limit / 4)
  const held = new Map<string, number>()
  let taken = 0

  const mayTake = (own: number) => {
    const free = limit - taken
    return own === 0 ? free > 0 : own < Math.min(most, free - forNewcomers)
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
