import { randomInt } from 'node:crypto'
import { type SipKey, sipHash } from './sip-hash.ts'

const slotCount = 2 ** 18

const randomWord = () => randomInt(2 ** 32)

export type RateLimit = {
  /** Whole seconds to wait, or undefined if the call is within the budget. */
  (key: string): number | undefined
  /** Undoes one call that was within the budget. */
  readonly giveBack: (key: string) => void
}

const noLimit: RateLimit = Object.assign(() => undefined, { giveBack: () => {} })

/**
 * GCRA; 0 switches it off. The state is 4 MiB and cannot grow. Each key has a slot in two rows, and shares it with other keys there,
 * but hardly with the same ones: it is refused only if both are spent.
 */
export function rateLimit(perMinute: number, now: () => number, slots = slotCount): RateLimit {
  if (perMinute === 0) return noLimit
  const interval = 60_000 / perMinute
  const tolerance = 60_000 - interval
  const [first, second] = [new Float64Array(slots), new Float64Array(slots)]
  const secret: SipKey = [randomWord(), randomWord(), randomWord(), randomWord()]

  const take = (key: string) => {
    const at = now()
    const [one, other] = sipHash(secret, key)
    const [inFirst, inSecond] = [first[one % slots] ?? 0, second[other % slots] ?? 0]
    const arrival = Math.max(Math.min(inFirst, inSecond), at)
    const wait = arrival - tolerance - at
    if (wait > 0) return Math.max(1, Math.ceil(wait / 1000))
    const due = arrival + interval
    first[one % slots] = Math.max(inFirst, due)
    second[other % slots] = Math.max(inSecond, due)
    return undefined
  }
  /** The row with the smaller number is the one that counts for this key. */
  const giveBack = (key: string) => {
    const [one, other] = sipHash(secret, key)
    const [inFirst, inSecond] = [first[one % slots] ?? 0, second[other % slots] ?? 0]
    const due = Math.min(inFirst, inSecond)
    if (inFirst === due) first[one % slots] = due - interval
    if (inSecond === due) second[other % slots] = due - interval
  }
  return Object.assign(take, { giveBack })
}
