import { randomInt } from 'node:crypto'

const slotCount = 2 ** 18

/** FNV-1a from a secret seed, so that nobody can choose addresses that share a slot with another. */
const slotOf = (key: string, seed: number, slots: number) => {
  let hash = seed
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  hash ^= hash >>> 15
  return (hash >>> 0) % slots
}

/** GCRA; 0 switches it off. Returns whole seconds to wait. The state is 2 MiB and cannot grow: keys that share a slot share its budget. */
export function rateLimit(perMinute: number, now: () => number, slots = slotCount): (key: string) => number | undefined {
  if (perMinute === 0) return () => undefined
  const interval = 60_000 / perMinute
  const tolerance = 60_000 - interval
  const due = new Float64Array(slots)
  const seed = randomInt(2 ** 32)
  return (key) => {
    const at = now()
    const slot = slotOf(key, seed, slots)
    const arrival = Math.max(due[slot] ?? 0, at)
    const wait = arrival - tolerance - at
    if (wait > 0) return Math.max(1, Math.ceil(wait / 1000))
    due[slot] = arrival + interval
    return undefined
  }
}
