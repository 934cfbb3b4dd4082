/** Of things in flight. A key whose count is 0 takes no memory. */
export function counts() {
  const byKey = new Map<string, number>()
  return {
    of: (key: string) => byKey.get(key) ?? 0,
    change: (key: string, by: number) => {
      const count = (byKey.get(key) ?? 0) + by
      if (count === 0) byKey.delete(key)
      else byKey.set(key, count)
    },
  }
}
