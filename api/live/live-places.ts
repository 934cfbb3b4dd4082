import type { Networks } from '../../application/caller.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { ProblemAnswer } from '../problems.ts'
import { counts } from '../protection/counts.ts'

const anAccount = 8

/** An IPv4 address or a /64, then a /56 and a /48. */
const aNetwork = [64, 256, 1_024]

const altogether = 10_000

const full: ProblemAnswer = { problem: 'RATE_LIMITED', retryAfter: 10 }
const overloaded: ProblemAnswer = { problem: 'OVERLOADED', retryAfter: 10 }

export function livePlaces() {
  const taken = counts()
  let all = 0
  const change = (account: AccountId, networks: Networks, by: number) => {
    all += by
    for (const key of [account, ...networks]) taken.change(key, by)
  }
  return {
    count: () => all,
    take: (account: AccountId, networks: Networks): ProblemAnswer | undefined => {
      const isFull = taken.of(account) >= anAccount || networks.some((network, level) => taken.of(network) >= (aNetwork[level] ?? 0))
      if (isFull) return full
      if (all >= altogether) return overloaded
      change(account, networks, 1)
      return undefined
    },
    giveBack: (account: AccountId, networks: Networks) => change(account, networks, -1),
  }
}
