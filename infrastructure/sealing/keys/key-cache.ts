/** Opened keys, the least recently used one dropped first. What is dropped is overwritten. */
export function keyCache(limit: number) {
  const keys = new Map<string, Buffer>()

  const drop = (person: string) => {
    keys.get(person)?.fill(0)
    keys.delete(person)
  }

  return {
    drop,
    clear: () => {
      for (const person of [...keys.keys()]) drop(person)
    },
    get: (person: string) => {
      const key = keys.get(person)
      if (key === undefined) return undefined
      keys.delete(person)
      keys.set(person, key)
      return key
    },
    set: (person: string, key: Buffer) => {
      drop(person)
      keys.set(person, key)
      if (keys.size <= limit) return
      for (const oldest of keys.keys()) return drop(oldest)
    },
  }
}
