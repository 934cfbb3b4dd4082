import type { Database } from 'better-sqlite3'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { audit } from '../audit/audit.ts'
import { physicalTables } from '../engine/read-model.ts'

/** Attempts and sessions of an account from some networks, of the newest entries of each. */
export type NetworkAccount = { readonly account: AccountId; readonly attempts: number; readonly sessions: number }

type Counted = { readonly account: AccountId; readonly sessions: number; readonly entries: number }

const entriesPerNetwork = 2_000

export function networkAccounts(db: Database) {
  const { audit: entries, audit_names: names } = physicalTables(audit)
  const ofNetwork = db.prepare<[Buffer], Counted>(
    `SELECT n.name AS account, count(*) AS entries, sum(t.name = 'SessionGranted') AS sessions
     FROM (SELECT account, type FROM ${entries} WHERE network = ? ORDER BY position DESC LIMIT ${entriesPerNetwork}) a
     JOIN ${names} n ON n.number = a.account JOIN ${names} t ON t.number = a.type GROUP BY n.name`,
  )
  const total = db
    .prepare<[Buffer], number>(`SELECT count(*) FROM (SELECT 1 FROM ${entries} WHERE network = ? LIMIT ${entriesPerNetwork + 1})`)
    .pluck()
  return (networks: readonly Buffer[]) => {
    const accounts = new Map<AccountId, NetworkAccount>()
    for (const { account, entries, sessions } of networks.flatMap((network) => ofNetwork.all(network))) {
      const before = accounts.get(account) ?? { account, attempts: 0, sessions: 0 }
      accounts.set(account, { account, attempts: before.attempts + entries - sessions, sessions: before.sessions + sessions })
    }
    const cut = networks.some((network) => (total.get(network) ?? 0) > entriesPerNetwork)
    return { accounts: [...accounts.values()], cut }
  }
}
