import type { Database } from 'better-sqlite3'
import type { LocalLog, LoggedEvent } from '../../../../application/ports/local-log.ts'
import type { FileKind } from '../file/schema.ts'
import { leafOf } from '../proofs/tree/event-entry.ts'
import { type EventRow, eventColumns, eventOfRow, parseData } from './event-rows.ts'

/** A replica skips key streams, so its head is in its checkpoint. */
const positionsWithoutEvent: Readonly<Record<FileKind, string>> = { log: 'tombstone', copy: 'checkpoint' }

type LoggedRow = [
  position: number,
  stream: string,
  revision: number,
  type: string,
  version: number,
  json: string,
  actor: string,
  correlationId: string,
  sessionId: string | null,
]

const loggedEvent = ([position, stream, revision, type, version, json, actor, correlationId, sessionId]: LoggedRow): LoggedEvent => {
  const metadata = sessionId === null ? { actor, correlationId } : { actor, correlationId, sessionId }
  return { position, stream, revision, type, version, data: parseData(json, stream, revision, position), metadata }
}

/** Throws `UnreadableRow` and what SQLite throws. */
export function localLog(db: Database, kind: FileKind = 'log'): LocalLog {
  const ends = db
    .prepare<[], [count: number, newest: number, withoutEvent: number]>(
      `SELECT (SELECT count(*) FROM event), (SELECT ifnull(max(position), 0) FROM event),
       (SELECT ifnull(max(position), 0) FROM ${positionsWithoutEvent[kind]})`,
    )
    .raw()
  const after = db
    .prepare<[number, number], LoggedRow>(
      'SELECT position, stream, revision, type, version, data, actor, correlation_id, session_id FROM event WHERE position > CAST(? AS INTEGER) ORDER BY position LIMIT ?',
    )
    .raw()
  const at = db.prepare<[number], EventRow>(`SELECT ${eventColumns} FROM event WHERE position = ?`).raw()
  const ofStream = db
    .prepare<[string, number, number], EventRow>(
      `SELECT ${eventColumns} FROM event WHERE stream = CAST(? AS TEXT) AND revision >= CAST(? AS INTEGER) ORDER BY revision LIMIT ?`,
    )
    .raw()
  return {
    ends: () => {
      const [count, newest, withoutEvent] = ends.get() ?? [0, 0, 0]
      return { count, newest, head: Math.max(newest, withoutEvent) }
    },
    after: (position, limit) => after.all(position, limit).map(loggedEvent),
    at: (position) => {
      const row = at.get(position)
      return row && eventOfRow(row)
    },
    ofStream: (stream, from, limit) => ofStream.all(stream, from, limit).map(eventOfRow),
    leafAt: (position) => {
      const row = at.get(position)
      return row && Buffer.from(leafOf(row)).toString('base64')
    },
  }
}
