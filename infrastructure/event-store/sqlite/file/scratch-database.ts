import { randomUUID } from 'node:crypto'
import { closeSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** An empty database in that folder (mode 0600). It has no name once it is open, so that nothing is left however the process ends. */
export function openScratchDatabase(folder: string): Database.Database {
  const file = join(folder, `scratch-${randomUUID()}.db`)
  closeSync(openSync(file, 'wx', 0o600))
  try {
    const db = new Database(file, { fileMustExist: true })
    // Exclusive and without a journal, SQLite does not look for the file again.
    db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32768')
    db.exec('BEGIN EXCLUSIVE; COMMIT')
    return db
  } finally {
    rmSync(file, { force: true })
  }
}
