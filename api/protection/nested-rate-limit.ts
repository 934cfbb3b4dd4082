import type { Networks } from '../../application/caller.ts'
import { type ForeseeableLimit, type RateLimit, type RateLimitOptions, rateLimit } from './rate-limit.ts'

/** Times the budget of the narrowest network. */
const shares = [1, 4, 16]

const fewSlots = 2 ** 14

export function limitsBySize(options: RateLimitOptions): readonly ForeseeableLimit[] {
  return shares.map((share, level) =>
    rateLimit({ ...options, budget: options.budget * share, ...(level === 0 ? {} : { slots: fewSlots }) }),
  )
}

/** `take` returns whole seconds to wait, or undefined if it took. */
type Level = { readonly take: (network: string) => number | undefined; readonly giveBack: (network: string) => void }

/** Takes from the level of each of its networks, or from none. */
export function nested(levels: readonly Level[]) {
  const giveBack = (networks: readonly string[]) => {
    for (const [level, network] of networks.entries()) levels[level]?.giveBack(network)
  }
  const take = (networks: Networks) => {
    for (const [level, network] of networks.entries()) {
      const wait = levels[level]?.take(network)
      if (wait !== undefined) {
        giveBack(networks.slice(0, level))
        return wait
      }
    }
    return undefined
  }
  return { take, giveBack }
}

/** Without the wider networks, one subscriber with a /48 has 65,536 budgets. */
export function nestedRateLimit(options: RateLimitOptions): RateLimit<Networks> {
  const { take, giveBack } = nested(limitsBySize(options).map((limit) => ({ take: limit, giveBack: limit.giveBack })))
  return Object.assign(take, { giveBack })
}
