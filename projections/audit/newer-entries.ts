import type { Database } from 'better-sqlite3'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { physicalTables } from '../engine/read-model.ts'
import { audit } from './audit.ts'
import type { AuditEntry, AuditRow } from './audit-entry.ts'

/** `through` is inclusive, of the result too. Rows that are not `wanted` are counted, but their events are not read. */
export type NewerFilter = {
  readonly after: number
  readonly through: number
  readonly account?: AccountId | null
  readonly limit: number
  readonly wanted?: (account: AccountId | null) => boolean
}

export type NewerEntries = { readonly entries: readonly AuditEntry[]; readonly through: number }

export function newerEntries(db: Database, entryOf: (row: AuditRow) => AuditEntry): (filter: NewerFilter) => NewerEntries {
  const tables = physicalTables(audit)
  const select = (where: string) =>
    db.prepare<[object], AuditRow>(
      `SELECT a.position, a.at, n.name AS account FROM ${tables.audit} a LEFT JOIN ${tables.audit_names} n ON n.number = a.account
       WHERE a.position > @after AND a.position <= @through ${where} ORDER BY a.position LIMIT @limit`,
    )
  const ofAll = select('')
  const ofAccount = select(`AND a.account = (SELECT number FROM ${tables.audit_names} WHERE name = @account)`)

  // One transaction, because a replica may be emptied between the entries and their events.
  return db.transaction(({ after, through, account = null, limit, wanted = () => true }) => {
    const rows = (account === null ? ofAll : ofAccount).all({ after, through, account, limit })
    const last = rows.length < limit ? through : (rows.at(-1)?.position ?? through)
    return { entries: rows.filter((row) => wanted(row.account)).map(entryOf), through: last }
  })
}
