import type Database from 'better-sqlite3'
import { left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoreFailure } from '../../../../application/ports/event-store.ts'
import { sqliteFailure } from '../sqlite-error.ts'

export const deletedKeyStreams =
  (db: Database.Database): TaskEither<StoreFailure, readonly string[]> =>
  async () => {
    try {
      return right(db.prepare('SELECT stream FROM tombstone ORDER BY position').pluck().all() as string[])
    } catch (error) {
      return left(sqliteFailure(error))
    }
  }
