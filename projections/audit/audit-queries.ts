import type { Database, Statement } from 'better-sqlite3'
import type { LocalLog } from '../../application/ports/local-log.ts'
import { SystemActor } from '../../domain/kernel/ids.ts'
import { networkBytes } from '../engine/id-bytes.ts'
import { physicalTables } from '../engine/read-model.ts'
import { audit } from './audit.ts'
import { type AuditFilter, auditConditions } from './audit-conditions.ts'
import { positionsWithin } from './audit-days.ts'
import { type AuditRow, entryIn, type ListedEntry, listedEntryIn } from './audit-entry.ts'
import { type NewerEntries, type NewerFilter, newerEntries } from './newer-entries.ts'

/** Newest first. `next` is `null` on the last page. A page may hold fewer entries than the limit, or none, and not be the last. */
export type AuditPage = { readonly entries: readonly ListedEntry[]; readonly next: number | null }

export type AuditQueries = {
  readonly page: (filter: AuditFilter) => AuditPage
  readonly newer: (filter: NewerFilter) => NewerEntries
}

const defaultLimit = 50
const greatestLimit = 100

/** Rows that a page may read to fill itself, so that a filter that nothing passes costs no more than others. */
const rowsPerPage = 1_000

/** The number of no actor. */
const nobody = Number.MIN_SAFE_INTEGER

type Window = { readonly lowest: number | null; readonly rows: number }

export function auditQueries(db: Database, log: LocalLog, rowsAtMost = rowsPerPage): AuditQueries {
  const tables = physicalTables(audit)
  const within = positionsWithin(db, tables.audit_days)
  const number = db.prepare<[string], number>(`SELECT number FROM ${tables.audit_names} WHERE name = ?`).pluck()
  const numberOf = (name: string | undefined) => (name === undefined ? null : (number.get(name) ?? -1))
  const actorNumber = (actor: string | undefined) => {
    const named = numberOf(actor)
    if (named === null || !SystemActor.is(actor)) return named
    return named === -1 ? nobody : -named
  }
  const windows = new Map<string, Statement<[object], Window>>()
  const pages = new Map<string, Statement<[object], AuditRow>>()

  const prepared = <R>(statements: Map<string, Statement<[object], R>>, sql: string) => {
    const known = statements.get(sql) ?? db.prepare<[object], R>(sql)
    statements.set(sql, known)
    return known
  }
  const windowOf = (driving: string) =>
    prepared(
      windows,
      `SELECT min(position) AS lowest, count(*) AS rows FROM
       (SELECT a.position FROM ${tables.audit} a WHERE ${driving} ORDER BY a.position DESC LIMIT ${rowsAtMost})`,
    )
  const pageOf = (where: string) =>
    prepared(
      pages,
      `SELECT a.position, a.at, n.name AS account FROM ${tables.audit} a LEFT JOIN ${tables.audit_names} n ON n.number = a.account
       WHERE ${where} ORDER BY a.position DESC LIMIT @limit`,
    )

  const entryOf = listedEntryIn(log)

  const parametersOf = ({ account, actor, network, type, from, to, before = Number.MAX_SAFE_INTEGER }: AuditFilter, limit: number) => {
    const { low, high } = within(from, to)
    return {
      account: numberOf(account),
      actor: actorNumber(actor),
      network: network === undefined ? null : networkBytes(network),
      type: numberOf(type),
      from: from ?? null,
      to: to ?? null,
      low,
      high: Math.min(high, before - 1),
      limit: limit + 1,
    }
  }

  // One transaction, because a replica may be emptied between the entries and their events.
  const page = db.transaction((filter: AuditFilter): AuditPage => {
    const limit = Math.min(Math.max(filter.limit ?? defaultLimit, 1), greatestLimit)
    const { driving, others } = auditConditions(filter)
    const parameters = parametersOf(filter, limit)
    const window = others.length === 0 ? undefined : windowOf(driving).get(parameters)
    const rows = pageOf([driving, ...others].join(' AND ')).all({ ...parameters, low: window?.lowest ?? parameters.low })
    const entries = rows.slice(0, limit).map(entryOf)
    const rest = window?.rows === rowsAtMost ? window.lowest : null
    return { entries, next: rows.length > limit ? (entries.at(-1)?.position ?? null) : rest }
  })
  const newer = newerEntries(db, entryIn(log))
  return { page: (filter) => page(filter), newer: (filter) => newer(filter) }
}
