import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { dataKeyStream } from '../../../../domain/kernel/streams.ts'
import { refuseForeign } from '../file/connection.ts'
import { refuseCutOff, refuseUnsound } from '../file/integrity.ts'
import { CannotStart } from '../file/start-failure.ts'

/** What a log holds. `recordedAt` is of its newest event; null for an empty one. */
export type LogContents = { readonly events: number; readonly position: number; readonly recordedAt: string | null; readonly bytes: number }

/** Of a key stream only the newest event is kept. */
const gaps = `
  SELECT count(*) FROM (
    SELECT stream, min(revision) AS first, max(revision) AS last, count(*) AS events FROM event GROUP BY stream
    HAVING events <> last - first + 1 OR (first <> 0 AND stream NOT LIKE '${dataKeyStream('%')}')
  )`

/** What is in it is not in the file, which goes on alone. */
export function refuseWriteAheadLog(file: string) {
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new CannotStart(`a write-ahead log is beside ${file}`, { type: 'damaged' })
  }
}

/** Reads every page, every index and every stream. Throws `CannotStart` or what SQLite throws. */
export function verifyLog(file: string): LogContents {
  refuseWriteAheadLog(file)
  const db = new Database(file, { fileMustExist: true, readonly: true, timeout: 0 })
  try {
    refuseForeign(db, file, 'log')
    refuseCutOff(db, file)
    refuseUnsound(db, file, 'full')
    const torn = Number(db.prepare(gaps).pluck().get())
    if (torn > 0) throw new CannotStart(`${file} has ${torn} streams with gaps`, { type: 'damaged' })
    const [events, position] = db.prepare('SELECT count(*), ifnull(max(position), 0) FROM event').raw().get() as [number, number]
    const recordedAt = db.prepare<[number], string>('SELECT recorded_at FROM event WHERE position = ?').pluck().get(position) ?? null
    return { events, position, recordedAt, bytes: statSync(file).size }
  } finally {
    db.close()
  }
}
