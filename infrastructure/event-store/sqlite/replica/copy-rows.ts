import type { Database } from 'better-sqlite3'
import { type EventRow, eventColumns } from '../reader/event-rows.ts'
import { bulkInsert } from './bulk-insert.ts'

const revisionsRemembered = 200_000
const revisionsRememberedWithoutIndex = 1_000_000

export class NotTheNext extends Error {}

export type QueryIndexes = { readonly createIndexes: () => void; readonly dropIndexes: () => void }

/** While an empty replica catches up it has no indexes, and every revision is in memory. Call `clear` after a rollback. */
export function copyRows(db: Database, { createIndexes, dropIndexes }: QueryIndexes) {
  const rows = bulkInsert(db, 'event', eventColumns.split(',').length)
  const isEmpty = db.prepare<[], number>('SELECT NOT EXISTS (SELECT 1 FROM event)').pluck()
  const lastRevision = db
    .prepare<[string], number>('SELECT revision FROM event WHERE stream = CAST(? AS TEXT) ORDER BY revision DESC LIMIT 1')
    .pluck()
  const saveCheckpoint = db.prepare('INSERT OR REPLACE INTO checkpoint VALUES (1, ?)')
  const revisions = new Map<string, number>()
  let isIndexed: boolean | 'unknown' = 'unknown'

  const index = () => {
    rows.flush()
    db.exec('CREATE UNIQUE INDEX IF NOT EXISTS event_in_stream ON event (stream, revision)')
    createIndexes()
    isIndexed = true
  }
  const begin = () => {
    if (isEmpty.get() === 0) return index()
    dropIndexes()
    isIndexed = false
  }
  const revisionOf = (stream: string, revision: number) => {
    const known = revisions.get(stream)
    if (known !== undefined) return known
    // The first event of a stream needs no search: a second one breaks the rule of the index.
    return isIndexed === false || revision === 0 ? -1 : (lastRevision.get(stream) ?? -1)
  }

  const add = (row: EventRow) => {
    if (isIndexed === 'unknown') begin()
    const [, stream, revision] = row
    const before = revisionOf(stream, revision)
    if (revision !== before + 1) throw new NotTheNext(`revision ${revision} of ${stream} came after ${before}`)
    if (revisions.size >= (isIndexed === true ? revisionsRemembered : revisionsRememberedWithoutIndex)) {
      index()
      revisions.clear()
    }
    revisions.set(stream, revision)
    rows.add(row)
  }
  /** `through`: the position up to which the log was read, key streams included. `isLive`: the replica has caught up. */
  const flush = (through: number, isLive: boolean) => {
    rows.flush()
    if (isLive && isIndexed === false) index()
    saveCheckpoint.run(through)
  }
  const clear = () => {
    rows.clear()
    revisions.clear()
    isIndexed = 'unknown'
  }
  const deleteRows = () => {
    clear()
    db.exec('DROP INDEX IF EXISTS event_in_stream; DELETE FROM event; DELETE FROM checkpoint')
  }
  if (isEmpty.get() === 0) index()
  return {
    add,
    flush,
    clear,
    deleteRows,
    inTransaction: <Args extends unknown[]>(work: (...args: Args) => void) => db.transaction(work).immediate,
  }
}

export type RowCopy = ReturnType<typeof copyRows>
