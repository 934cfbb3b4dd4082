/** Two generations: a single map that reorders its entries at each use slows down with its holes. */
export function lruCache<Value>(limit: number) {
  let young = new Map<string, Value>()
  let old = new Map<string, Value>()
  const keep = (key: string, value: Value) => {
    if (young.size >= Math.floor(limit / 2) && !young.has(key)) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }
  const get = (key: string): Value | undefined => {
    const recent = young.get(key)
    if (recent !== undefined) return recent
    const older = old.get(key)
    if (older !== undefined) keep(key, older)
    return older
  }
  const drop = (key: string) => {
    young.delete(key)
    old.delete(key)
  }
  const clear = () => {
    young = new Map()
    old = new Map()
  }
  return { keep, get, drop, clear }
}
