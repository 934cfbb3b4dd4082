import type { Networks } from '../../application/caller.ts'
import { type ForeseeableLimit, type RateLimit, type RateLimitOptions, rateLimit } from './rate-limit.ts'

/** Times the budget of the narrowest network. */
const shares = [1, 4, 16]

const fewSlots = 2 ** 14

/** One limit for each size of network, the narrowest first. */
export function limitsBySize(options: RateLimitOptions): readonly ForeseeableLimit[] {
  return shares.map((share, level) =>
    rateLimit({ ...options, budget: options.budget * share, ...(level === 0 ? {} : { slots: fewSlots }) }),
  )
}

/** A call takes from the budget of each of its networks, or from none. Without the wider ones, one subscriber with a /48 has 65,536 budgets. */
export function nestedRateLimit(options: RateLimitOptions): RateLimit<Networks> {
  const limits = limitsBySize(options)
  const giveBack = (networks: readonly string[]) => {
    for (const [level, network] of networks.entries()) limits[level]?.giveBack(network)
  }
  const take = (networks: Networks) => {
    for (const [level, network] of networks.entries()) {
      const wait = limits[level]?.(network)
      if (wait !== undefined) {
        giveBack(networks.slice(0, level))
        return wait
      }
    }
    return undefined
  }
  return Object.assign(take, { giveBack })
}
