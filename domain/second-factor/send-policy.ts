import { type Instant, instant } from '../kernel/instant.ts'

/** Milliseconds between two codes to one person. A code is made anew each half minute, and the same one twice helps nobody. */
const pause = 30_000

/** So many codes in so many milliseconds, if none of them is given back. */
const most = 5
const span = 900_000

export function sentAnother(sent: readonly Instant[], at: Instant) {
  return [...sent, at].slice(-most)
}

/** A right code shows that they arrive where they are wanted; what is left of it is the pause. */
export function sentAndUsed(sent: readonly Instant[]) {
  return sent.slice(-1)
}

/** When the next code may be sent: nobody fills a mailbox, or runs up a bill for messages, with a password or a session of somebody else's. */
export function nextSendAt(sent: readonly Instant[]): Instant {
  const [first, last] = [sent[0], sent.at(-1)]
  if (first === undefined || last === undefined) return instant(0)
  return instant(sent.length < most ? last + pause : Math.max(last + pause, first + span))
}
