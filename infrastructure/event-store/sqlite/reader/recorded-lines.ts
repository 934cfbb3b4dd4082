import type { Database } from 'better-sqlite3'
import type { RecordedEvent } from '../../../../application/ports/event-store.ts'
import { type EventRow, eventColumns, eventOfRow } from './event-rows.ts'

const page = 200

export type LogSelection = { readonly stream?: string | undefined; readonly from?: number | undefined }

export function hasStream(db: Database, stream: string) {
  return db.prepare('SELECT 1 FROM event WHERE stream = ? LIMIT 1').get(stream) !== undefined
}

/** Reads each page when it is asked for, so no transaction stays open in between. */
export function* recordedPages(db: Database, { stream, from = 0 }: LogSelection): Generator<readonly RecordedEvent[]> {
  const columns = `SELECT ${eventColumns} FROM event`
  const ofLog = db.prepare<[number], EventRow>(`${columns} WHERE position >= ? ORDER BY position LIMIT ${page}`).raw()
  const ofStream = db
    .prepare<[string, number, number], EventRow>(
      `${columns} WHERE stream = ? AND revision >= ? AND position >= ? ORDER BY revision LIMIT ${page}`,
    )
    .raw()
  let position = from
  let revision = 0
  for (;;) {
    const events = (stream === undefined ? ofLog.all(position) : ofStream.all(stream, revision, from)).map(eventOfRow)
    const last = events.at(-1)
    if (last === undefined) return
    yield events
    position = last.position + 1
    revision = last.revision + 1
  }
}
