import { chmodSync, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { othersMayWriteFolder } from '../../../files/writable-by-others.ts'
import { openWriteConnection } from './connection.ts'
import { createFolder, createLog } from './create-log.ts'
import { refuseCutOff, refuseUnsound, type Thoroughness } from './integrity.ts'
import { refuseOldLibrary } from './library-version.ts'
import { lockDataDirectory } from './process-lock.ts'
import type { FileKind } from './schema.ts'
import { CannotStart } from './start-failure.ts'

export type OpenLogFile = {
  readonly file: string
  readonly create: boolean
  readonly check?: Thoroughness
  readonly kind?: FileKind
  /** The caller holds the data directory already. */
  readonly isLocked?: boolean
}

export function refuseNoFile(file: string) {
  if (!statSync(file).isFile()) throw new CannotStart(`${file} is not a file`, { type: 'damaged' })
  if (statSync(file).size === 0) throw new CannotStart(`${file} is empty`, { type: 'damaged' })
}

const refuseSharedFolder = (folder: string) => {
  if (!othersMayWriteFolder(folder)) return
  const detail = `other users may write ${folder} or a folder above it: allow its owner only (chmod 700)`
  throw new CannotStart(detail, { type: 'writable_by_others' })
}

/** For the one writer. Throws `CannotStart` or what SQLite throws. Closing releases the data directory. */
export function openLogFile({ file, create, check = 'quick', kind = 'log', isLocked = false }: OpenLogFile): {
  readonly db: Database.Database
  readonly close: () => void
} {
  refuseOldLibrary()
  if (!create && !existsSync(file)) throw new CannotStart(`${file} does not exist`, { type: 'missing' })
  if (create) createFolder(file)
  refuseSharedFolder(dirname(file))
  const lock = isLocked ? { release: () => {} } : lockDataDirectory(file)
  try {
    if (!existsSync(file)) createLog(file, kind)
    refuseNoFile(file)
    chmodSync(file, 0o600)
    const db = openWriteConnection(file, kind)
    try {
      refuseUnsound(db, file, check)
      // Data that was deleted just before the last process ended may still be in the write-ahead log.
      const [checkpoint] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ readonly busy: number }]
      if (checkpoint.busy === 0) refuseCutOff(db, file)
    } catch (error) {
      db.close()
      throw error
    }
    const close = () => {
      db.close()
      lock.release()
    }
    return { db, close }
  } catch (error) {
    lock.release()
    throw error
  }
}
