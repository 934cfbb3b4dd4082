import type { Instant } from '../kernel/instant.ts'

/** Milliseconds between two offers to one account: twelve mails an hour at most. */
const pause = 300_000

export function mayRequestReset(last: Instant | null, at: Instant) {
  return last === null || at - last >= pause
}
