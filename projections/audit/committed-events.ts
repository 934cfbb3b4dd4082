import type { Database } from 'better-sqlite3'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import type { LocalLog } from '../../application/ports/local-log.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { physicalTables } from '../engine/read-model.ts'
import { audit } from './audit.ts'

type Filter = {
  readonly after: number
  readonly through: number
  readonly limit: number
  readonly isWanted: (type: string) => boolean
}

type Row = { readonly position: number; readonly type: string; readonly account: AccountId | null }

/** The log by the rows of the trail, which know whose each event is. Oldest first; `limit` counts rows, wanted or not. */
export function committedEvents(db: Database, log: Pick<LocalLog, 'at'>) {
  const tables = physicalTables(audit)
  const select = db.prepare<[object], Row>(
    `SELECT a.position, t.name AS type, n.name AS account FROM ${tables.audit} a
     LEFT JOIN ${tables.audit_names} t ON t.number = a.type LEFT JOIN ${tables.audit_names} n ON n.number = a.account
     WHERE a.position > CAST(@after AS INTEGER) AND a.position <= @through ORDER BY a.position LIMIT @limit`,
  )
  const recordedAt = (position: number): RecordedEvent => {
    const recorded = log.at(position)
    if (recorded === undefined) throw new Error(`the log has no event at position ${position}`)
    return recorded
  }
  // One transaction, because a replica may be emptied between the rows and their events.
  const page = db.transaction(({ after, through, limit, isWanted }: Filter) => {
    const rows = select.all({ after, through, limit })
    const last = rows.length < limit ? through : (rows.at(-1)?.position ?? through)
    const wanted = rows.filter(({ type }) => isWanted(type))
    const events = wanted.map(({ position, account }) => ({ account, recorded: recordedAt(position) }))
    return { events, count: rows.length, through: last }
  })
  return { page: (filter: Filter) => page(filter), idAt: (position: number) => log.at(position)?.eventId }
}

export type CommittedEventQueries = ReturnType<typeof committedEvents>
