import { isLeft } from 'fp-ts/lib/Either.js'
import type { LocalLog, LoggedEvent } from '../ports/local-log.ts'
import type { Vault } from '../ports/vault.ts'
import type { Backtest } from './open-backtest.ts'
import type { Address } from './try-networks.ts'

export type BacktestRun = {
  /** Null where no master key is at hand. */
  readonly vault: Pick<Vault, 'unseal'> | null
  readonly pageSize: number
  /** Around each event, so that the caller can say which of them cannot be read. */
  readonly around?: (event: LoggedEvent, take: (event: LoggedEvent) => void) => void
}

/** Up to a position, page by page. `done` counts events. */
export async function* runBacktest(
  log: Pick<LocalLog, 'after'>,
  newest: number,
  backtest: Backtest,
  run: BacktestRun,
): AsyncGenerator<{ readonly done: number; readonly position: number }, void> {
  const { vault, pageSize, around = (event, take) => take(event) } = run
  const opened = async (sealed: NonNullable<ReturnType<Backtest['addressIn']>>): Promise<Address> => {
    const address = vault === null ? null : await vault.unseal('address', sealed)()
    return address === null || isLeft(address) ? null : address.right
  }
  let [position, done] = [0, 0]
  while (position < newest) {
    const page = log.after(position, pageSize)
    for (const event of page) {
      if (event.position > newest) break
      const sealed = backtest.addressIn(event)
      const address = sealed === null ? null : await opened(sealed)
      around(event, (read) => backtest.take(read, address))
      done += 1
    }
    position = page.at(-1)?.position ?? newest
    yield { done, position }
  }
}
