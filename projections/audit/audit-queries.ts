import type { Database, Statement } from 'better-sqlite3'
import type { LocalLog } from '../../application/ports/local-log.ts'
import { physicalTables } from '../engine/read-model.ts'
import { audit } from './audit.ts'
import { type AuditRow, entryIn, type ListedEntry, linkedEntryIn } from './audit-entry.ts'
import { type NewerEntries, type NewerFilter, newerEntries } from './newer-entries.ts'
import { auditSearch } from './search/audit-conditions.ts'
import type { AuditFilter, AuditRequest, Place } from './search/audit-filter.ts'
import { auditParameters } from './search/audit-parameters.ts'

/**
 * `next` is `null` on the last page in the order that was asked for, and `previous` on the first. A page may hold fewer entries than the
 * limit, or none, and not be the last.
 */
export type AuditPage = { readonly entries: readonly ListedEntry[]; readonly next: Place | null; readonly previous: Place | null }

export type AuditQueries = {
  readonly page: (request: AuditRequest) => AuditPage
  readonly newer: (filter: NewerFilter) => NewerEntries
}

const defaultLimit = 50
const greatestLimit = 100

/** Rows that a page may read to fill itself, so that a filter that nothing passes costs no more than others. */
const rowsPerPage = 1_000

type Window = { readonly lowest: number | null; readonly highest: number | null; readonly rows: number }
type Direction = Place['direction']

const turned = (direction: Direction): Direction => (direction === 'older' ? 'newer' : 'older')

/** Everything on the other side of where a page began. */
const behind = ({ direction, beyond }: Place): Place => ({
  direction: turned(direction),
  beyond: direction === 'older' ? beyond - 1 : beyond + 1,
})

export function auditQueries(db: Database, log: LocalLog, rowsAtMost = rowsPerPage): AuditQueries {
  const tables = physicalTables(audit)
  const parametersOf = auditParameters(db)
  const entryOf = linkedEntryIn(log)
  const statements = new Map<string, Statement<[object], unknown>>()

  const prepared = <R>(sql: string) => {
    const known = statements.get(sql) ?? db.prepare<[object], unknown>(sql)
    statements.set(sql, known)
    return known as Statement<[object], R>
  }

  /** The rows in the direction of reading, one more than the limit; `edge`: how far they were looked for, `null` for to the end. */
  const rowsOf = (filter: AuditFilter, place: Place | undefined, direction: Direction, limit: number) => {
    const { source, join, position, driving, others } = auditSearch(filter, tables, direction, rowsAtMost)
    const order = `ORDER BY ${position} ${direction === 'older' ? 'DESC' : 'ASC'}`
    const parameters = { ...parametersOf(filter, place), limit: limit + 1 }
    const window =
      others.length === 0
        ? undefined
        : prepared<Window>(
            `SELECT min(position) AS lowest, max(position) AS highest, count(*) AS rows FROM
             (SELECT ${position} AS position FROM ${source} WHERE ${driving} ${order} LIMIT ${rowsAtMost})`,
          ).get(parameters)
    const within = { low: window?.lowest ?? parameters.low, high: window?.highest ?? parameters.high }
    const rows = prepared<AuditRow>(
      `SELECT a.position, a.at, n.name AS account FROM ${source} ${join} LEFT JOIN ${tables.audit_names} n ON n.number = a.account
       WHERE ${[driving, ...others].join(' AND ')} ${order} LIMIT @limit`,
    ).all({ ...parameters, ...within })
    const edge = window?.rows === rowsAtMost ? (direction === 'older' ? window.lowest : window.highest) : null
    return { rows, edge }
  }

  /** By the ids, where rows were found by their keys. */
  const entriesOf = (rows: readonly AuditRow[], { session, correlation }: AuditFilter) =>
    rows.map(entryOf).flatMap(({ entry, sessions }) => {
      const isMeant = (correlation ?? entry.correlationId) === entry.correlationId && (session === undefined || sessions.includes(session))
      return isMeant ? [entry] : []
    })

  // One transaction, because a replica may be emptied between the entries and their events.
  const page = db.transaction(({ order = 'newest', place, limit: asked = defaultLimit, ...filter }: AuditRequest): AuditPage => {
    const limit = Math.min(Math.max(asked, 1), greatestLimit)
    const forward: Direction = order === 'newest' ? 'older' : 'newer'
    const direction = place?.direction ?? forward
    const { rows, edge } = rowsOf(filter, place, direction, limit)
    const shown = rows.slice(0, limit)
    const reached = rows.length > limit ? (shown.at(-1)?.position ?? null) : edge
    const further = reached === null ? null : { direction, beyond: reached }
    const back = place === undefined ? null : behind(place)
    const entries = entriesOf(direction === forward ? shown : shown.toReversed(), filter)
    return direction === forward ? { entries, next: further, previous: back } : { entries, next: back, previous: further }
  })
  const newer = newerEntries(db, entryIn(log))
  return { page: (request) => page(request), newer: (filter) => newer(filter) }
}
