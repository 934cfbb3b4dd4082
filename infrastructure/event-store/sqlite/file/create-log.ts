import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { publishFile } from '../../../files/durable-file.ts'
import { makeReady } from './connection.ts'
import { applicationIds, copySchema, type FileKind, schema, schemaVersions } from './schema.ts'
import { CannotStart } from './start-failure.ts'

export function createFolder(file: string) {
  return void mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
}

/** Created under another name and renamed when complete, so that an empty or partial file always means damage. */
export function createLog(file: string, kind: FileKind) {
  if (existsSync(`${file}-wal`)) throw new CannotStart(`${file} is gone, but its write-ahead log is there`, { type: 'damaged' })
  const draft = `${file}.new`
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${end}`, { force: true })
  closeSync(openSync(draft, 'wx', 0o600))
  const db = new Database(draft)
  try {
    makeReady[kind](db, draft)
    db.exec(
      `BEGIN; ${kind === 'copy' ? copySchema : schema} PRAGMA application_id = ${applicationIds[kind]}; PRAGMA user_version = ${schemaVersions[kind]}; COMMIT`,
    )
  } finally {
    db.close()
  }
  publishFile(draft, file)
}
