import type { Database } from 'better-sqlite3'
import type { RecordedEvent } from '../../../../application/ports/event-store.ts'

/** The log as it stands in the same file (`event` and `tombstone` of the SQLite store). */
export type LogRow = [
  position: number,
  stream: string,
  revision: number,
  eventId: string,
  type: string,
  version: number,
  data: string,
  actor: string,
  correlationId: string,
  causationId: string | null,
  recordedAt: string,
]

export const logColumns = 'position, stream, revision, event_id, type, version, data, actor, correlation_id, causation_id, recorded_at'

export function eventOfLogRow(row: LogRow): RecordedEvent {
  const [position, stream, revision, eventId, type, version, data, actor, correlationId, causationId, recordedAt] = row
  const metadata = { actor, correlationId, causationId }
  return { eventId, type, version, data: JSON.parse(data), metadata, stream, revision, position, recordedAt }
}

const hasLog = (db: Database) => db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'event'`).get() !== undefined

export type LogEnds = { readonly count: number; readonly newest: number; readonly head: number }

/**
 * How many events there are, the position of the newest one, and the highest that was ever given out: a deleted key
 * stream leaves `newest` behind `head`.
 */
export function logEnds(db: Database): LogEnds {
  if (!hasLog(db)) return { count: 0, newest: 0, head: 0 }
  const [count, newest, buried] = db
    .prepare<[], [number, number, number]>(
      'SELECT (SELECT count(*) FROM event), (SELECT ifnull(max(position), 0) FROM event), (SELECT ifnull(max(position), 0) FROM tombstone)',
    )
    .raw()
    .get() as [number, number, number]
  return { count, newest, head: Math.max(newest, buried) }
}
