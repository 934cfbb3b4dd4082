/** What `POST /audit/backtest` answers in its last line. Durations are milliseconds, times ISO 8601. */
export type Report = {
  readonly logins: Lockouts
  readonly codes: Lockouts
  readonly networks: {
    readonly tried: NetworkFigures
    readonly accounts: readonly ({ readonly accountId: string } & Refusals)[]
    readonly moreAccounts: number
  }
  readonly timeline: { readonly step: 'hour' | 'day'; readonly steps: readonly Step[] }
}

type Refusals = { readonly refusedLogins: number; readonly stoppedGuesses: number }

export type Figures = Refusals & {
  readonly locks: number
  readonly lockedMs: number
  readonly refusedUnchecked: number
  readonly admitted: number
}
export type Side = Figures & { readonly names: number }

export type Lockouts = {
  readonly recorded: Side
  readonly tried: Side
  readonly accounts: readonly { readonly accountId: string; readonly recorded: Figures; readonly tried: Figures }[]
  readonly moreAccounts: number
}

export type NetworkFigures = Refusals & {
  readonly refused: number
  readonly blocked: number
  readonly names: number
  readonly networks: number
  readonly unopened: number
  readonly erased: number
}

export type Step = Refusals & { readonly at: string; readonly recordedLocks: number; readonly locks: number }

export type Affected = Refusals & { readonly accountId: string; readonly recordedLocks: number; readonly locks: number }

/** Of passwords, codes and networks together, the most affected first. */
export function affectedIn({ logins, codes, networks }: Report): readonly Affected[] {
  const found = new Map<string, Affected>()
  const add = (accountId: string, more: Omit<Affected, 'accountId'>) => {
    const { recordedLocks, locks, refusedLogins, stoppedGuesses } = found.get(accountId) ?? nothing
    found.set(accountId, {
      accountId,
      recordedLocks: recordedLocks + more.recordedLocks,
      locks: locks + more.locks,
      refusedLogins: refusedLogins + more.refusedLogins,
      stoppedGuesses: stoppedGuesses + more.stoppedGuesses,
    })
  }
  for (const { accountId, recorded, tried } of [...logins.accounts, ...codes.accounts])
    add(accountId, { ...tried, recordedLocks: recorded.locks })
  for (const { accountId, ...refusals } of networks.accounts) add(accountId, { ...nothing, ...refusals })
  return [...found.values()].toSorted((a, b) => b.refusedLogins - a.refusedLogins || b.locks - a.locks)
}

const nothing = { recordedLocks: 0, locks: 0, refusedLogins: 0, stoppedGuesses: 0 }
