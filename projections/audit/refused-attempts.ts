import type { Database } from 'better-sqlite3'
import type { LocalLog } from '../../application/ports/local-log.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { readEvent } from '../engine/decode-event.ts'
import { physicalTables } from '../engine/read-model.ts'
import { audit } from './audit.ts'

/** `since`: when the session before was granted; null if that is too long ago to look for it. `isMore`: at least so many. */
export type RefusedAttempts = { readonly count: number; readonly since: Instant | null; readonly isMore: boolean }

export type RefusedSinceVisit = (visit: Visit) => RefusedAttempts | null

type Visit = { readonly accountId: string; readonly grantedAt: Instant }

type Row = { readonly position: number; readonly at: Instant; readonly type: string }

/** An attacker can make a history long, and everybody may ask for their own. */
const rowsAtMost = 5_000

/** Wrong passwords and signatures, and attempts during a lock, between the session before and this one. Null for the first session of an account. */
export function refusedSinceVisit(db: Database, log: Pick<LocalLog, 'at'>, most = rowsAtMost): RefusedSinceVisit {
  const { audit: entries, audit_names: names } = physicalTables(audit)
  const newest = `SELECT position, at, type FROM ${entries} WHERE account = (SELECT number FROM ${names} WHERE name = ?) ORDER BY position DESC LIMIT ${most}`
  const rowCount = db.prepare<[string], number>(`SELECT count(*) FROM (${newest})`).pluck()
  const find = db.prepare<[string], Row>(
    `SELECT r.position, r.at, t.name AS type FROM (${newest}) r JOIN ${names} t ON t.number = r.type
     WHERE t.name IN ('SessionGranted', 'PasswordRejected', 'SignatureRejected', 'LoginAttemptsRefused') ORDER BY r.position DESC`,
  )
  /** Attempts during a lock are folded, and recorded a little later than they happened. */
  const foldedIn = ({ position }: Row, after: number, until: Instant) => {
    const recorded = log.at(position)
    const event = recorded && readEvent(recorded)
    return event?.type === 'LoginAttemptsRefused' && event.data.from > after && event.data.from <= until ? event.data.count : 0
  }
  // One transaction, because a replica may be emptied between the rows and their events.
  return db.transaction(({ accountId, grantedAt }) => {
    const rows = find.all(accountId)
    const [visit, before] = rows.filter(({ type, at }) => type === 'SessionGranted' && at <= grantedAt)
    const isMore = before === undefined && rowCount.get(accountId) === most
    if (before === undefined && !isMore) return null
    const [after, place] = [before?.at ?? 0, before?.position ?? 0]
    const last = visit?.position ?? Number.MAX_SAFE_INTEGER
    const count = rows.reduce((sum, row) => {
      if (row.position <= place || row.type === 'SessionGranted') return sum
      if (row.type === 'LoginAttemptsRefused') return sum + foldedIn(row, after, grantedAt)
      return row.position < last ? sum + 1 : sum
    }, 0)
    return { count, since: before?.at ?? null, isMore }
  })
}
