import type { Networks } from '../../application/caller.ts'
import { counts } from './counts.ts'
import { limitsBySize, nested } from './nested-rate-limit.ts'
import type { ForeseeableLimit, RateLimitOptions } from './rate-limit.ts'

const holding = (limit: ForeseeableLimit) => {
  const held = counts()
  return {
    take: (network: string) => {
      const wait = limit.waitFor(network, held.of(network) + 1)
      if (wait === undefined) held.change(network, 1)
      return wait
    },
    giveBack: (network: string) => held.change(network, -1),
    spend: (network: string) => {
      held.change(network, -1)
      limit(network)
    },
  }
}

/**
 * Like the nested rate limit, for calls that cost something only if they turn out badly. A held place does not become free with time,
 * so that none is given back twice. There are as many of them as calls in flight.
 */
export function heldPlaces(options: RateLimitOptions) {
  const levels = limitsBySize(options).map(holding)
  const { take, giveBack } = nested(levels)
  return {
    /** Whole seconds to wait, or undefined if a place is held in each of the networks. */
    hold: take,
    release: giveBack,
    spend: (networks: Networks) => {
      for (const [level, network] of networks.entries()) levels[level]?.spend(network)
    },
  }
}
