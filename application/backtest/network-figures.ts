import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'

/**
 * What a network policy would have refused. `refusedLogins`: attempts with the right password; `stoppedGuesses`: with a wrong one; of the
 * rest the outcome was lost. `blocked`: those of blocked addresses. `names` and `networks`: how many they were at and from. `unopened`:
 * attempts whose address cannot be decrypted, so that nobody knows whether it is blocked. `erased`: attempts whose network was erased.
 */
export type NetworkFigures = {
  readonly refused: number
  readonly blocked: number
  readonly refusedLogins: number
  readonly stoppedGuesses: number
  readonly names: number
  readonly networks: number
  readonly unopened: number
  readonly erased: number
}

export type RefusedAccount = { readonly accountId: AccountId; readonly refusedLogins: number; readonly stoppedGuesses: number }

type Barred = { readonly stream: string; readonly network: BlindIndex; readonly isBlocked: boolean }

export function networkFigures() {
  const counts = { refused: 0, blocked: 0, refusedLogins: 0, stoppedGuesses: 0, unopened: 0, erased: 0 }
  const [names, networks] = [new Set<string>(), new Set<BlindIndex>()]
  const accounts = new Map<AccountId, RefusedAccount>()

  const settle = (accountId: AccountId | null, name: 'refusedLogins' | 'stoppedGuesses') => {
    counts[name] += 1
    if (accountId === null) return
    const before = accounts.get(accountId) ?? { accountId, refusedLogins: 0, stoppedGuesses: 0 }
    accounts.set(accountId, { ...before, [name]: before[name] + 1 })
  }
  return {
    refuse: ({ stream, network, isBlocked }: Barred) => {
      counts.refused += 1
      if (isBlocked) counts.blocked += 1
      names.add(stream)
      networks.add(network)
    },
    settle,
    countUnopened: () => {
      counts.unopened += 1
    },
    countErased: () => {
      counts.erased += 1
    },
    report: () => ({
      tried: { ...counts, names: names.size, networks: networks.size } satisfies NetworkFigures,
      accounts: [...accounts.values()],
    }),
  }
}
