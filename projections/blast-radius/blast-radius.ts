import type { Database } from 'better-sqlite3'
import type { LocalLog } from '../../application/ports/local-log.ts'
import { type DerivedEntry, derivedEntry } from './derived-entry.ts'
import { type NetworkAccount, networkAccounts } from './network-accounts.ts'
import { originRows } from './origin-rows.ts'
import type { RadiusFilter } from './radius-filter.ts'
import { type SessionRadius, sessionRadius } from './session-radius.ts'

/**
 * Oldest first. `attempts`: what records the network and is no session. `accounts`: whose attempts and sessions the networks of these sessions
 * have, a step further than the sessions themselves. `next` is `null` on the last page.
 */
export type RadiusPage = {
  readonly attempts: readonly DerivedEntry[]
  readonly sessions: readonly SessionRadius[]
  readonly accounts: readonly NetworkAccount[]
  /** Some of `accounts` are left out: a network has more entries than are read. */
  readonly accountsCut: boolean
  readonly next: number | null
}

export type BlastRadius = (filter: RadiusFilter) => RadiusPage

export function blastRadius(db: Database, log: LocalLog): BlastRadius {
  const rowsOf = originRows(db, log)
  const radiusOf = sessionRadius(db, log)
  const accountsOf = networkAccounts(db)
  const entryOf = derivedEntry(log)

  // One transaction, because a replica may be emptied between the rows and their events.
  return db.transaction((filter: RadiusFilter): RadiusPage => {
    const { rows, next } = rowsOf(filter)
    const grants = rows.filter(({ isGrant }) => isGrant)
    const networks = new Map(rows.flatMap(({ network }) => (network === null ? [] : [[network.toString('hex'), network]])))
    const isWhole = filter.origin.by === 'session'
    const { accounts, cut } = accountsOf([...networks.values()])
    return {
      attempts: rows.filter(({ isGrant }) => !isGrant).map((row) => entryOf(row, 'session')),
      sessions: grants.map(({ position }) => radiusOf(position, isWhole)),
      accounts,
      accountsCut: cut,
      next,
    }
  })
}
