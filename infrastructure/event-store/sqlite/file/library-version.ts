import Database from 'better-sqlite3'
import { CannotStart } from './start-failure.ts'

/** SQLite 3.7.0 to 3.51.2 can corrupt a write-ahead log when a checkpoint and a write meet. */
const oldestSound = [3, 51, 3] as const

export function isSound(version: string) {
  const parts = version.split('.').map(Number)
  const differing = oldestSound.findIndex((least, index) => parts[index] !== least)
  return differing === -1 || (parts[differing] ?? 0) > (oldestSound[differing] ?? 0)
}

export function refuseOldLibrary() {
  const db = new Database(':memory:')
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get())
  db.close()
  if (!isSound(version))
    throw new CannotStart(`SQLite ${version} can corrupt a write-ahead log; 3.51.3 or newer is needed`, { type: 'old_library' })
}
