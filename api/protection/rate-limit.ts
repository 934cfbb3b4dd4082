import { callRate, dueAfterCall, dueWithoutCall, waitFor as waitAt } from '../../domain/kernel/call-rate.ts'
import { randomSipKey, sipHash } from './sip-hash.ts'

const slotCount = 2 ** 18

export type RateLimit<Key = string> = {
  /** Whole seconds to wait, or undefined if the call is within the budget. */
  (key: Key): number | undefined
  /** Undoes one call that was within the budget. */
  readonly giveBack: (key: Key) => void
}

export type ForeseeableLimit = RateLimit & {
  readonly waitFor: (key: string, places: number) => number | undefined
}

/** `budget`: calls in a `window` of milliseconds, a minute by default; 0 for no limit. `now`: monotonic milliseconds. */
export type RateLimitOptions = {
  readonly budget: number
  readonly now: () => number
  readonly window?: number
  /** 16 bytes each. */
  readonly slots?: number
}

const noLimit: ForeseeableLimit = Object.assign(() => undefined, { giveBack: () => {}, waitFor: () => undefined })

const secondsFor = (wait: number) => (wait > 0 ? Math.max(1, Math.ceil(wait / 1000)) : undefined)

/**
 * GCRA. The state cannot grow. Each key has a slot in two rows, and shares it with other keys there,
 * but hardly with the same ones: it is refused only if both are spent.
 */
export function rateLimit({ budget, now, window = 60_000, slots = slotCount }: RateLimitOptions): ForeseeableLimit {
  if (budget === 0) return noLimit
  const rate = callRate(budget, window)
  const [first, second] = [new Float64Array(slots), new Float64Array(slots)]
  const secret = randomSipKey()

  const take = (key: string) => {
    const at = now()
    const [one, other] = sipHash(secret, key)
    const [inFirst, inSecond] = [first[one % slots] ?? 0, second[other % slots] ?? 0]
    const before = Math.min(inFirst, inSecond)
    const wait = secondsFor(waitAt(rate, before, at))
    if (wait !== undefined) return wait
    const due = dueAfterCall(rate, before, at)
    first[one % slots] = Math.max(inFirst, due)
    second[other % slots] = Math.max(inSecond, due)
    return undefined
  }
  /** The row with the smaller number is the one that counts for this key. */
  const giveBack = (key: string) => {
    const [one, other] = sipHash(secret, key)
    const [inFirst, inSecond] = [first[one % slots] ?? 0, second[other % slots] ?? 0]
    const due = Math.min(inFirst, inSecond)
    if (inFirst === due) first[one % slots] = dueWithoutCall(rate, due)
    if (inSecond === due) second[other % slots] = dueWithoutCall(rate, due)
  }
  const waitFor = (key: string, places: number) => {
    const at = now()
    const [one, other] = sipHash(secret, key)
    const due = Math.min(first[one % slots] ?? 0, second[other % slots] ?? 0)
    return secondsFor(waitAt(rate, due, at, places))
  }
  return Object.assign(take, { giveBack, waitFor })
}
