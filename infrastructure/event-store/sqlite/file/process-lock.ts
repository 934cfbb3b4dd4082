import { closeSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { codeOf } from '../sqlite-error.ts'
import { CannotStart } from './start-failure.ts'

const lockFileOf = (file: string) => join(dirname(file), 'gatebook.lock')

/** An exclusive transaction on a file of its own, which the kernel releases however the process ends. */
export function lockDataDirectory(file: string): { readonly release: () => void } {
  const path = lockFileOf(file)
  try {
    closeSync(openSync(path, 'a', 0o600))
  } catch (error) {
    throw new CannotStart(`${path} cannot be opened: ${codeOf(error)}`, { type: 'read_only', cause: error })
  }
  const lock = new Database(path, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (codeOf(error).startsWith('SQLITE_BUSY'))
      throw new CannotStart(`another Gatebook process uses this data directory (${path})`, { type: 'locked', cause: error })
    throw error
  }
  return { release: () => void lock.close() }
}
