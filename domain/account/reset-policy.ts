import type { Instant } from '../kernel/instant.ts'

/** Milliseconds between two offers to one account: twelve mails an hour at most. */
const pause = 300_000

export const mayRequestReset = (last: Instant | null, at: Instant) => last === null || at - last >= pause
