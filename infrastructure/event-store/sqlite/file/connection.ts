import Database from 'better-sqlite3'
import { applicationIds, type FileKind, oldestSchemas, schemaVersions, upgradeFromVersion1, viewOfVersion1 } from './schema.ts'
import { CannotStart } from './start-failure.ts'

const pragma = (db: Database.Database, name: string) => db.pragma(name, { simple: true })

const isOutdated = (db: Database.Database, kind: FileKind) => Number(pragma(db, 'user_version')) < schemaVersions[kind]

const called: Readonly<Record<FileKind, string>> = { log: 'a Gatebook log', copy: "a node's copy of a Gatebook log" }

export function refuseForeign(db: Database.Database, file: string, kind: FileKind) {
  if (pragma(db, 'application_id') !== applicationIds[kind]) throw new CannotStart(`${file} is not ${called[kind]}`, { type: 'damaged' })
  const version = Number(pragma(db, 'user_version'))
  const known = schemaVersions[kind]
  if (version < 1) throw new CannotStart(`${file} has no schema version`, { type: 'damaged' })
  if (version > known) {
    throw new CannotStart(`${file} has schema version ${version}; this Gatebook knows ${known} at most`, { type: 'newer_schema' })
  }
  if (version < oldestSchemas[kind])
    throw new CannotStart(`${file} has schema version ${version}; this Gatebook needs ${known}`, { type: 'older_schema' })
}

/** `synchronous` is read back: its default is NORMAL from the second open on. No memory map: a read error must not be a signal. */
const makeDurable = (db: Database.Database, file: string) => {
  const mode = pragma(db, 'journal_mode = WAL')
  db.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA secure_delete = ON')
  db.exec('PRAGMA mmap_size = 0; PRAGMA cache_size = -65536')
  if (mode !== 'wal' || pragma(db, 'synchronous') !== 2 || pragma(db, 'secure_delete') !== 1) {
    throw new CannotStart(`${file} cannot be kept with WAL, synchronous=FULL and secure_delete`, { type: 'not_durable' })
  }
}

/** A replica can be built again: a power cut may lose its last commits. It has no keys, so deleted rows need not be overwritten. */
const makeConsistent = (db: Database.Database, file: string) => {
  const mode = pragma(db, 'journal_mode = WAL')
  db.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF; PRAGMA mmap_size = 0; PRAGMA cache_size = -65536')
  // 40 MB: pages that many batches change are copied out of the write-ahead log once.
  db.exec('PRAGMA wal_autocheckpoint = 10000')
  if (mode !== 'wal') throw new CannotStart(`${file} cannot be kept with WAL`, { type: 'not_durable' })
}

export const makeReady: Readonly<Record<FileKind, (db: Database.Database, file: string) => void>> = {
  log: makeDurable,
  copy: makeConsistent,
}

const upgrade = (db: Database.Database, kind: FileKind) =>
  db.exec(`BEGIN IMMEDIATE; ${upgradeFromVersion1}; PRAGMA user_version = ${schemaVersions[kind]}; COMMIT`)

/** The timeout (ms) matters only to a checkpoint that waits for a reader in another process. */
export function openWriteConnection(file: string, kind: FileKind = 'log'): Database.Database {
  const db = new Database(file, { fileMustExist: true, timeout: 1_000 })
  try {
    refuseForeign(db, file, kind)
    makeReady[kind](db, file)
    db.exec('BEGIN IMMEDIATE; ROLLBACK')
    if (isOutdated(db, kind)) upgrade(db, kind)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Throws what SQLite throws, or `CannotStart`. */
export function openReadConnection(file: string, kind: FileKind = 'log'): Database.Database {
  const db = new Database(file, { fileMustExist: true, readonly: true, timeout: 1_000 })
  try {
    refuseForeign(db, file, kind)
    if (isOutdated(db, kind)) db.exec(viewOfVersion1)
    db.exec('PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -32768')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
