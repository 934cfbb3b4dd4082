import type Database from 'better-sqlite3'
import { left, right } from 'fp-ts/lib/Either.js'
import type { PayloadErasure } from '../../../../application/ports/event-store.ts'
import { sqliteFailure } from '../sqlite-error.ts'

/** The writer makes the table when it opens the file. */
export const erasedThrough =
  (db: Database.Database): PayloadErasure['erasedThrough'] =>
  (kind) =>
  async () => {
    try {
      const of = kind === 'unknown_names' ? 'erased_through' : `erased_kinds WHERE kind = '${kind}'`
      return right(db.prepare<[], number>(`SELECT ifnull(max(position), 0) FROM ${of}`).pluck().get() ?? 0)
    } catch (error) {
      return left(sqliteFailure(error))
    }
  }
