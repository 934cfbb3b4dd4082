import type { AccountId } from '../../domain/kernel/ids.ts'
import type { ProblemAnswer } from '../problems.ts'
import { counts } from '../protection/counts.ts'

export type Bounds = {
  readonly account: number
  /** An IPv4 address or a /64, then a /56 and a /48. */
  readonly network: readonly number[]
  readonly altogether: number
}

const full: ProblemAnswer = { problem: 'RATE_LIMITED', retryAfter: 10 }
const overloaded: ProblemAnswer = { problem: 'OVERLOADED', retryAfter: 10 }

/** Of connections that stay open. A socket has one of its network before its account is known. */
export function livePlaces({ account: anAccount, network: aNetwork, altogether }: Bounds) {
  const ofAccounts = counts()
  const ofNetworks = counts()
  let all = 0
  const refusal = (networks: readonly string[]): ProblemAnswer | undefined => {
    if (networks.some((network, level) => ofNetworks.of(network) >= (aNetwork[level] ?? 0))) return full
    return all >= altogether ? overloaded : undefined
  }
  const change = (networks: readonly string[], by: number) => {
    all += by
    for (const network of networks) ofNetworks.change(network, by)
  }
  return {
    count: () => all,
    refusal,
    take: (networks: readonly string[]): ProblemAnswer | undefined => {
      const refused = refusal(networks)
      if (refused === undefined) change(networks, 1)
      return refused
    },
    giveBack: (networks: readonly string[]) => change(networks, -1),
    takeOf: (account: AccountId): ProblemAnswer | undefined => {
      if (ofAccounts.of(account) >= anAccount) return full
      ofAccounts.change(account, 1)
      return undefined
    },
    giveBackOf: (account: AccountId) => ofAccounts.change(account, -1),
  }
}

export type LivePlaces = ReturnType<typeof livePlaces>
