import { type Instant, instant } from '../kernel/instant.ts'

export type SentCode = { readonly timeStep: number; readonly at: Instant }

/** Milliseconds between two codes to one person. */
const pause = 30_000

const most = 5
const span = 900_000

export function sentAnother(sent: readonly SentCode[], code: SentCode) {
  return [...sent, code].slice(-most)
}

/** Milliseconds that a code is good for after it was sent. */
const validity = 600_000

/** Of the codes that a secret could make, only those that were sent are right. */
export function wasSent(sent: readonly SentCode[], timeStep: number, at: Instant) {
  return sent.some((code) => code.timeStep === timeStep && at - code.at <= validity)
}

/** A right code shows that they arrive where they are wanted, so only the pause still counts. */
export function sentAndUsed(sent: readonly SentCode[]) {
  return sent.slice(-1)
}

/** Nobody can fill a mailbox or run up a bill with somebody else's password or session. */
export function nextSendAt(sent: readonly SentCode[]): Instant {
  const [first, last] = [sent[0], sent.at(-1)]
  if (first === undefined || last === undefined) return instant(0)
  return instant(sent.length < most ? last.at + pause : Math.max(last.at + pause, first.at + span))
}
