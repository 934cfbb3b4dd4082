import type { Instant } from '../kernel/instant.ts'

/** Milliseconds between two links to one address: twelve mails an hour at most. */
const pause = 300_000

export function mayMailAgain(last: Instant | null, at: Instant) {
  return last === null || at - last >= pause
}
