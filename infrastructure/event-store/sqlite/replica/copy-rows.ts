import type { Database } from 'better-sqlite3'
import { bulkInsert } from '../../../../projections/engine/bulk-insert.ts'
import { finishIn, unfinishIn } from '../../../../projections/engine/tables.ts'
import { readModels } from '../../../../projections/read-models.ts'
import { type LogRow, logColumns } from './log.ts'

const remembered = 200_000
const rememberedWithoutIndex = 1_000_000

const createIndex = 'CREATE UNIQUE INDEX IF NOT EXISTS event_in_stream ON event (stream, revision)'

/** The name in `tombstone` under which it stands how far the log was read: key streams are read past and never copied. */
const readPast = 'key streams'

/** What arrived does not follow on what is here. Names the place. */
export class NotTheNext extends Error {}

/** Of which event the copy can be recognised as one of a given log. */
export type NewestCopied = Readonly<Record<'stream' | 'eventId', string>> & Readonly<Record<'position' | 'revision', number>>

/** The newest event that was copied; `undefined` where there is none. */
export function newestCopied(db: Database) {
  const newest = db.prepare<[], NewestCopied>(
    'SELECT position, stream, revision, event_id AS eventId FROM event ORDER BY position DESC LIMIT 1',
  )
  return () => newest.get()
}

/** When the newest event that was copied was recorded: milliseconds since 1970, 0 for none. */
export function newestRecordedAt(db: Database): number {
  const recordedAt = db.prepare<[], string>('SELECT recorded_at FROM event ORDER BY position DESC LIMIT 1').pluck().get()
  return recordedAt === undefined ? 0 : Date.parse(recordedAt)
}

/**
 * A copy of a log in the tables that the log of one machine has: the audit trail, `replay` and `rebuild` read it there. Rows go in by batches
 * inside the caller's transaction, and the revisions of each stream without a gap: whatever throws must roll the batch back, and have it forgotten.
 *
 * A copy that begins from nothing is made without its index and those that only questions need, and every stream's revision is remembered. The indexes are
 * made with the first batch that is live, or when there are too many streams to remember.
 */
export function copyRows(db: Database) {
  const rows = bulkInsert(db, 'event', logColumns.split(',').length)
  const isEmpty = db.prepare<[], number>('SELECT NOT EXISTS (SELECT 1 FROM event)').pluck()
  const lastRevision = db
    .prepare<[string], number>('SELECT revision FROM event WHERE stream = CAST(? AS TEXT) ORDER BY revision DESC LIMIT 1')
    .pluck()
  const mark = db.prepare('INSERT INTO tombstone VALUES (?, ?) ON CONFLICT (stream) DO UPDATE SET position = excluded.position')
  const revisions = new Map<string, number>()
  /** Unknown at first and whenever something was rolled back. */
  let isIndexed: boolean | undefined

  const index = () => {
    rows.flush()
    db.exec(createIndex)
    for (const model of readModels) finishIn(db, model, 'main')
    isIndexed = true
  }
  const begin = () => {
    if (isEmpty.get() === 0) return index()
    for (const model of readModels) unfinishIn(db, model, 'main')
    isIndexed = false
  }
  const revisionOf = (stream: string, revision: number) => {
    const known = revisions.get(stream)
    if (known !== undefined) return known
    // A first event needs no look-up: a second one of its stream would break the index's rule.
    return isIndexed === false || revision === 0 ? -1 : (lastRevision.get(stream) ?? -1)
  }

  const add = (row: LogRow) => {
    if (isIndexed === undefined) begin()
    const [, stream, revision] = row
    const before = revisionOf(stream, revision)
    if (revision !== before + 1) throw new NotTheNext(`revision ${revision} of ${stream} came after ${before}`)
    if (revisions.size >= (isIndexed === true ? remembered : rememberedWithoutIndex)) {
      index()
      revisions.clear()
    }
    revisions.set(stream, revision)
    rows.add(...row)
  }
  /** `through`: the position up to which the log was read, key streams too. `isLive`: what was there when the reading began has been read. */
  const flush = (through: number, isLive: boolean) => {
    rows.flush()
    if (isLive && isIndexed === false) index()
    mark.run(through, readPast)
  }
  const forget = () => {
    rows.forget()
    revisions.clear()
    isIndexed = undefined
  }
  if (isEmpty.get() === 0) index()
  return { add, flush, forget }
}
