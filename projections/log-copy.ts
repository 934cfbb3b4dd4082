import type { Database } from 'better-sqlite3'
import { bulkInsert } from './bulk-insert.ts'
import { type LogRow, logColumns } from './log.ts'

const remembered = 200_000

/** The name in `tombstone` under which it stands how far the log was read: key streams are read past and never copied. */
const readPast = 'key streams'

/** What arrived does not follow on what is here. Names the place. */
export class NotTheNext extends Error {}

/** Of which event the copy can be recognised as one of a given log. */
export type NewestCopied = Readonly<Record<'stream' | 'eventId', string>> & Readonly<Record<'position' | 'revision', number>>

/** The newest event that was copied; `undefined` where there is none. */
export const newestCopied = (db: Database) => {
  const newest = db.prepare<[], NewestCopied>(
    'SELECT position, stream, revision, event_id AS eventId FROM event ORDER BY position DESC LIMIT 1',
  )
  return () => newest.get()
}

/** When the newest event that was copied was recorded: milliseconds since 1970, 0 for none. */
export const newestRecordedAt = (db: Database): number => {
  const recordedAt = db.prepare<[], string>('SELECT recorded_at FROM event ORDER BY position DESC LIMIT 1').pluck().get()
  return recordedAt === undefined ? 0 : Date.parse(recordedAt)
}

/**
 * A copy of a log in the tables that the log of one machine has: the audit trail, `replay` and `rebuild` read it there. Rows go in by batches
 * inside the caller's transaction, and the revisions of each stream without a gap: whatever throws must roll the batch back.
 */
export const logCopy = (db: Database) => {
  const rows = bulkInsert(db, 'event', logColumns.split(',').length)
  const lastRevision = db
    .prepare<[string], number>('SELECT revision FROM event WHERE stream = CAST(? AS TEXT) ORDER BY revision DESC LIMIT 1')
    .pluck()
  const mark = db.prepare('INSERT INTO tombstone VALUES (?, ?) ON CONFLICT (stream) DO UPDATE SET position = excluded.position')
  const revisions = new Map<string, number>()

  /** A first event needs no look-up: a second one of its stream would break the table's own rule. */
  const mustBeNext = (stream: string, revision: number) => {
    const before = revisions.get(stream) ?? (revision === 0 ? -1 : (lastRevision.get(stream) ?? -1))
    if (revision !== before + 1) throw new NotTheNext(`revision ${revision} of ${stream} came after ${before}`)
    if (revisions.size >= remembered) {
      rows.flush()
      revisions.clear()
    }
    revisions.set(stream, revision)
  }

  const add = (row: LogRow) => {
    mustBeNext(row[1], row[2])
    rows.add(...row)
  }
  /** `through`: the position up to which the log was read, key streams too. */
  const flush = (through: number) => {
    rows.flush()
    mark.run(through, readPast)
  }
  const forget = () => {
    rows.forget()
    revisions.clear()
  }
  return { add, flush, forget }
}
