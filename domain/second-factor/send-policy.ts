import { type Instant, instant } from '../kernel/instant.ts'

/** Milliseconds between two codes to one person. */
const pause = 30_000

const most = 5
const span = 900_000

export function sentAnother(sent: readonly Instant[], at: Instant) {
  return [...sent, at].slice(-most)
}

/** Milliseconds that a code is good for after it was sent. */
const validity = 600_000

/** RFC 6238, 5.2: a step is 30 seconds. */
const stepOf = (at: Instant) => Math.floor(at / 30_000)

/** Of the codes that a secret could make, only those that were sent are right. */
export function wasSent(sent: readonly Instant[], timeStep: number, at: Instant) {
  return sent.some((sentAt) => stepOf(sentAt) === timeStep && at - sentAt <= validity)
}

/** A right code shows that they arrive where they are wanted, so only the pause still counts. */
export function sentAndUsed(sent: readonly Instant[]) {
  return sent.slice(-1)
}

/** Nobody can fill a mailbox or run up a bill with somebody else's password or session. */
export function nextSendAt(sent: readonly Instant[]): Instant {
  const [first, last] = [sent[0], sent.at(-1)]
  if (first === undefined || last === undefined) return instant(0)
  return instant(sent.length < most ? last + pause : Math.max(last + pause, first + span))
}
