import type { BacktestReport } from './open-backtest.ts'
import type { AccountFigures } from './try-streams.ts'

const weight = ({ tried }: AccountFigures) => tried.refusedLogins * 1_000 + tried.locks

const fewer = <Account>(accounts: readonly Account[], most: number, weigh: (account: Account) => number) => ({
  accounts: accounts.toSorted((a, b) => weigh(b) - weigh(a)).slice(0, most),
  moreAccounts: Math.max(0, accounts.length - most),
})

/** The most affected accounts of each kind, and how many more there are. */
export function fewerAccounts({ logins, codes, networks, timeline }: BacktestReport, most: number) {
  return {
    logins: { ...logins, ...fewer(logins.accounts, most, weight) },
    codes: { ...codes, ...fewer(codes.accounts, most, weight) },
    networks: { ...networks, ...fewer(networks.accounts, most, ({ refusedLogins }) => refusedLogins) },
    timeline,
  }
}

export type FewerAccounts = ReturnType<typeof fewerAccounts>
