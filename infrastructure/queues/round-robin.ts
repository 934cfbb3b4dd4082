/** One item of each key in turn; those of one key in order of arrival. */
export function roundRobin<Item>() {
  const lines = new Map<string, Item[]>()
  return {
    push: (key: string, item: Item) => {
      const line = lines.get(key)
      if (line === undefined) lines.set(key, [item])
      else line.push(item)
    },
    next: (): Item | undefined => {
      const [first] = lines
      if (first === undefined) return undefined
      const [key, line] = first
      const item = line.shift()
      lines.delete(key)
      if (line.length > 0) lines.set(key, line)
      return item
    },
    keys: () => lines.size,
  }
}

/** One item of each source in turn, as long as it has any. */
export function alternately<Item>(sources: readonly (() => Item | undefined)[]) {
  const order = [...sources]
  return (): Item | undefined => {
    for (const [n, next] of order.entries()) {
      const item = next()
      if (item === undefined) continue
      order.push(...order.splice(n, 1))
      return item
    }
    return undefined
  }
}
