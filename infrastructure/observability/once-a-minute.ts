import { monotonic } from '../clock/monotone-clock.ts'

const minute = 60_000

/** For lines that every request could write. `elapsed`: monotonic milliseconds. */
export function onceAMinute<Key>(write: (key: Key) => void, elapsed = monotonic) {
  const written = new Map<Key, number>()
  return (key: Key) => {
    const now = elapsed()
    if (now - (written.get(key) ?? Number.NEGATIVE_INFINITY) < minute) return
    written.set(key, now)
    write(key)
  }
}
