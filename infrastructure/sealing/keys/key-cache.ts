import { LRUCache } from 'lru-cache'

/** Always keeps one. A key that leaves the cache is overwritten. */
export function keyCache(limit: number) {
  return new LRUCache<string, Buffer>({ max: Math.max(1, limit), dispose: (key) => key.fill(0) })
}
