import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { EventStore, StoreFailure } from '../../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../../domain/kernel/streams.ts'
import { storeClosed } from '../../store-closed.ts'
import { openReadConnection } from '../file/connection.ts'
import { refuseNoFile } from '../file/open-log-file.ts'
import { CannotStart, type SqliteStartFailure } from '../file/start-failure.ts'
import { sqliteFailure, startFailure } from '../sqlite-error.ts'
import { type EventRow, eventColumns, eventOfRow, UnreadableRow } from './event-rows.ts'

export type SqliteReader = Pick<EventStore, 'read' | 'readAll' | 'head' | 'close'>

const attempt = async <A>(db: Database.Database, query: () => Either<StoreFailure, A>): Promise<Either<StoreFailure, A>> => {
  try {
    return db.open ? query() : left(storeClosed)
  } catch (error) {
    return left(error instanceof UnreadableRow ? error.failure : sqliteFailure(error))
  }
}

export function sqliteReader(db: Database.Database): SqliteReader {
  // CAST: with a bare parameter in a range SQLite plans the statement again on each bind (STAT4).
  const ofStream = db
    .prepare(`SELECT ${eventColumns} FROM event WHERE stream = CAST(? AS TEXT) AND revision >= CAST(? AS INTEGER) ORDER BY revision`)
    .raw()
  const ofAll = db.prepare(`SELECT ${eventColumns} FROM event WHERE position > CAST(? AS INTEGER) ORDER BY position LIMIT ?`).raw()
  const isDeleted = db.prepare('SELECT 1 FROM tombstone WHERE stream = ?').pluck()
  const head = db.prepare('SELECT ifnull(max(position), 0) FROM event').pluck()
  return {
    read:
      (stream, from = 0) =>
      () =>
        attempt(db, () =>
          isKeyStream(stream) && isDeleted.get(stream) !== undefined
            ? left({ type: 'stream_deleted', stream })
            : right((ofStream.all(stream, from) as EventRow[]).map(eventOfRow)),
        ),
    readAll: (position, limit) => () => attempt(db, () => right((ofAll.all(position, limit) as EventRow[]).map(eventOfRow))),
    head: () => () => attempt(db, () => right(head.get() as number)),
    close: async () => void db.close(),
  }
}

/** Reads a log that another process may be writing. It takes no lock. */
export function openSqliteReader(file: string): Either<SqliteStartFailure, SqliteReader> {
  try {
    if (!existsSync(file)) throw new CannotStart(`${file} does not exist`, { type: 'missing' })
    refuseNoFile(file)
    return right(sqliteReader(openReadConnection(file)))
  } catch (error) {
    return left(startFailure(error, file))
  }
}
