import type { Database } from 'better-sqlite3'
import type { LocalLog } from '../../application/ports/local-log.ts'
import { sessionStream } from '../../domain/kernel/streams.ts'
import { audit } from '../audit/audit.ts'
import { positionsWithin } from '../audit/audit-days.ts'
import { networkBytes } from '../engine/id-bytes.ts'
import { physicalTables } from '../engine/read-model.ts'
import type { RadiusRow } from './derived-entry.ts'
import type { RadiusFilter } from './radius-filter.ts'

export type OriginRow = RadiusRow & { readonly isGrant: boolean; readonly network: Buffer | null }

type Window = { readonly last: number | null; readonly rows: number }

type Found = RadiusRow & { readonly type: string; readonly network: Buffer | null }

/** Bounds what one page costs: a session has a report of its own, and most rows of an account record no network. */
const [sessionsPerPage, rowsPerPage, rowsSearched] = [10, 500, 20_000]

/** A network is recorded where somebody came in: with attempts and new sessions. */
export function originRows(db: Database, log: LocalLog) {
  const tables = physicalTables(audit)
  const within = positionsWithin(db, tables.audit_days)
  const select = (where: string) => {
    const placed = `${where} AND position > CAST(@after AS INTEGER) AND position BETWEEN @low AND @high`
    const searched = `FROM ${tables.audit} WHERE ${placed} ORDER BY position LIMIT ${rowsSearched}`
    const window = db.prepare<[object], Window>(`SELECT max(position) AS last, count(*) AS rows FROM (SELECT position ${searched})`)
    const rows = db.prepare<[object], Found>(
      `SELECT a.position, a.at, a.network, n.name AS account, t.name AS type FROM (SELECT * ${searched}) a
       JOIN ${tables.audit_names} t ON t.number = a.type LEFT JOIN ${tables.audit_names} n ON n.number = a.account
       WHERE a.network IS NOT NULL ORDER BY a.position LIMIT ${rowsPerPage}`,
    )
    return (parameters: object) => {
      const { last, rows: count } = window.get(parameters) ?? { last: null, rows: 0 }
      const found = rows.all(parameters)
      return { found, next: found.length === rowsPerPage ? (found.at(-1)?.position ?? null) : count === rowsSearched ? last : null }
    }
  }
  const ofNetwork = select('network = @network')
  const ofAccount = select(`account = (SELECT number FROM ${tables.audit_names} WHERE name = @account)`)
  const ofPosition = select('position = @position')

  const found = ({ origin, from, to, after = 0 }: RadiusFilter) => {
    const place = { ...within(from, to), after }
    switch (origin.by) {
      case 'network':
        return ofNetwork({ ...place, network: networkBytes(origin.network) })
      case 'account':
        return ofAccount({ ...place, account: origin.account })
      case 'session': {
        const [granted] = log.ofStream(sessionStream(origin.session), 0, 1)
        return granted === undefined ? { found: [], next: null } : ofPosition({ ...place, position: granted.position })
      }
    }
  }

  /** A page may be short, or empty, and not be the last one. */
  return (filter: RadiusFilter): { readonly rows: readonly OriginRow[]; readonly next: number | null } => {
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = filter
    const { found: read, next } = found(filter)
    const rows: OriginRow[] = []
    let grants = 0
    for (const { type, ...row } of read) {
      const isGrant = type === 'SessionGranted'
      if (row.at < from || row.at > to) continue
      if (isGrant && grants === sessionsPerPage) return { rows, next: row.position - 1 }
      grants += Number(isGrant)
      rows.push({ ...row, isGrant })
    }
    return { rows, next }
  }
}
