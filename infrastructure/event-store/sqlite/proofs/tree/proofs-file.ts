import { chmodSync, closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { CannotStart } from '../../file/start-failure.ts'

export function proofsFile(dataDir: string) {
  return join(dataDir, 'proofs.db')
}

/** "Gprf" in ASCII. */
const applicationId = 0x47707266
const schemaVersion = 1

/** Level-0 tiles have a `place`: the positions of their leaves, each as a double. A checkpoint is never deleted. */
const schema = `
  CREATE TABLE tile (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, UNIQUE (level, number)) STRICT;
  CREATE TABLE place (number INTEGER PRIMARY KEY, first INTEGER NOT NULL UNIQUE, positions BLOB NOT NULL) STRICT;
  CREATE TABLE checkpoint (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL UNIQUE) STRICT;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`

const pragma = (db: Database.Database, name: string) => Number(db.pragma(name, { simple: true }))

const refuseForeign = (db: Database.Database, file: string) => {
  const version = pragma(db, 'user_version')
  if (pragma(db, 'application_id') !== applicationId) throw new CannotStart(`${file} holds no proofs of Gatebook`, { type: 'damaged' })
  if (version !== schemaVersion) {
    throw new CannotStart(`${file} has schema version ${version}; this Gatebook needs ${schemaVersion}`, { type: 'newer_schema' })
  }
}

/** What a power cut loses of it is computed again from the log. */
export function openProofsForWriting(file: string): Database.Database {
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
  const db = new Database(file, { timeout: 1_000 })
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 0')
    if (pragma(db, 'application_id') === 0 && pragma(db, 'page_count') <= 1) db.exec(`BEGIN; ${schema} COMMIT`)
    refuseForeign(db, file)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

export function openProofsForReading(file: string): Database.Database {
  const db = new Database(file, { fileMustExist: true, readonly: true, timeout: 1_000 })
  try {
    refuseForeign(db, file)
    db.exec('PRAGMA query_only = ON; PRAGMA mmap_size = 0')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
