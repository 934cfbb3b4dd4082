import { randomInt } from 'node:crypto'
import { type SipKey, sipHash } from './sip-hash.ts'

const slotCount = 2 ** 18

const randomWord = () => randomInt(2 ** 32)

export type RateLimit<Key = string> = {
  /** Whole seconds to wait, or undefined if the call is within the budget. */
  (key: Key): number | undefined
  /** Undoes one call that was within the budget. */
  readonly giveBack: (key: Key) => void
}

/** `budget`: calls in a `window` of milliseconds, a minute by default; 0 for no limit. `now`: monotonic milliseconds. */
export type RateLimitOptions = {
  readonly budget: number
  readonly now: () => number
  readonly window?: number
  /** 16 bytes each. */
  readonly slots?: number
}

const noLimit: RateLimit<unknown> = Object.assign(() => undefined, { giveBack: () => {} })

/**
 * GCRA. The state cannot grow. Each key has a slot in two rows, and shares it with other keys there,
 * but hardly with the same ones: it is refused only if both are spent.
 */
export function rateLimit({ budget, now, window = 60_000, slots = slotCount }: RateLimitOptions): RateLimit {
  if (budget === 0) return noLimit
  const interval = window / budget
  const tolerance = window - interval
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
