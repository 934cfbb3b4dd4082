import { callRate, dueAfterCall, dueWithoutCall, waitFor } from '../../domain/kernel/call-rate.ts'

const minute = 60_000

const fewest = 10_000

/** The live limit, at the times of the log. `lag`: milliseconds that a call may be recorded after it was counted. What is whole again is forgotten. */
export function networkRate(perMinute: number, lag = 0) {
  const live = callRate(perMinute, minute)
  const rate = { ...live, tolerance: live.tolerance + lag }
  const dues = new Map<string, number>()
  let most = fewest

  const forget = (at: number) => {
    if (dues.size < most) return
    for (const [key, due] of dues) if (due < at - minute) dues.delete(key)
    most = Math.max(fewest, 2 * dues.size)
  }
  return {
    /** Whether the call is within the rate. */
    take: (key: string, at: number) => {
      forget(at)
      const due = dues.get(key) ?? Number.NEGATIVE_INFINITY
      if (waitFor(rate, due, at) > 0) return false
      dues.set(key, dueAfterCall(rate, due, at))
      return true
    },
    giveBack: (key: string) => {
      const due = dues.get(key)
      if (due !== undefined) dues.set(key, dueWithoutCall(rate, due))
    },
  }
}
