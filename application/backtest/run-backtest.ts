import { isLeft } from 'fp-ts/lib/Either.js'
import type { LocalLog, LogEnds, LoggedEvent } from '../ports/local-log.ts'
import type { Vault } from '../ports/vault.ts'
import type { Backtest } from './open-backtest.ts'
import type { Address } from './try-networks.ts'

export type BacktestRun = {
  /** Null where no master key is at hand. */
  readonly vault: Pick<Vault, 'unseal'> | null
  readonly pageSize: number
  /** After each page. `done` counts events. `false` ends it. */
  readonly onPage: (done: number) => Promise<boolean> | boolean
  /** Around each event, so that the caller can say which of them cannot be read. */
  readonly around?: (event: LoggedEvent, take: (event: LoggedEvent) => void) => void
}

/** Up to the newest event that `ends` names. False if it was ended before that. */
export async function runBacktest(log: LocalLog, { newest }: LogEnds, backtest: Backtest, run: BacktestRun): Promise<boolean> {
  const { vault, pageSize, onPage, around = (event, take) => take(event) } = run
  const addressOf = async (event: LoggedEvent): Promise<Address> => {
    const sealed = backtest.addressIn(event)
    if (sealed === null || vault === null) return null
    const address = await vault.unseal('address', sealed)()
    return isLeft(address) ? null : address.right
  }
  let [position, done] = [0, 0]
  while (position < newest) {
    const page = log.after(position, pageSize)
    for (const event of page) {
      if (event.position > newest) break
      const address = backtest.addressIn(event) === null ? null : await addressOf(event)
      around(event, (read) => backtest.take(read, address))
      done += 1
    }
    position = page.at(-1)?.position ?? newest
    if (!(await onPage(done))) return false
  }
  return true
}
