import { setTimeout as wait } from 'node:timers/promises'
import type { LocalLog } from '../ports/local-log.ts'
import type { Vault } from '../ports/vault.ts'
import { type FewerAccounts, fewerAccounts } from './fewer-accounts.ts'
import { type BacktestPolicy, openBacktest } from './open-backtest.ts'
import { runBacktest } from './run-backtest.ts'
import type { Range } from './try-streams.ts'

/** `done` and `total`: positions of the log, because counting its events would hold up everybody. */
export type BacktestLine =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'report'; readonly report: FewerAccounts }

export type Backtests = {
  /** Undefined while another one runs. `isWanted` is asked between slices. */
  readonly begin: (policy: BacktestPolicy, range: Range, isWanted: () => boolean) => AsyncGenerator<BacktestLine, void> | undefined
  readonly close: () => void
}

const pageSize = 64

/** Milliseconds. As long a pause follows, so that logins have half of the processor at least. */
const slice = 5
const betweenProgress = 250

const mostAccounts = 1_000

type Needs = {
  readonly log: Pick<LocalLog, 'after'>
  readonly newest: () => number
  readonly vault: Pick<Vault, 'unseal'>
  readonly now?: () => number
}

/** Beside logins, in one thread: one at a time, and in slices. */
export function backtestsInSlices({ log, newest, vault, now = () => performance.now() }: Needs): Backtests {
  let isRunning = false
  let isClosed = false

  async function* lines(policy: BacktestPolicy, range: Range, isWanted: () => boolean): AsyncGenerator<BacktestLine, void> {
    try {
      const backtest = openBacktest(policy, range)
      const total = newest()
      let [begun, told] = [now(), now()]
      yield { type: 'progress', done: 0, total }
      for await (const { position } of runBacktest(log, total, backtest, { vault, pageSize })) {
        const worked = now() - begun
        if (worked < slice) continue
        await wait(Math.min(worked, 100))
        begun = now()
        if (isClosed || !isWanted()) return
        if (begun - told < betweenProgress) continue
        told = begun
        yield { type: 'progress', done: position, total }
      }
      yield { type: 'report', report: fewerAccounts(backtest.report(), mostAccounts) }
    } finally {
      isRunning = false
    }
  }
  return {
    begin: (policy, range, isWanted) => {
      if (isRunning || isClosed) return undefined
      isRunning = true
      return lines(policy, range, isWanted)
    },
    close: () => {
      isClosed = true
    },
  }
}
