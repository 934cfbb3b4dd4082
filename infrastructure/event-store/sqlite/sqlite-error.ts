import type { StoreFailure } from '../../../application/ports/event-store.ts'
import { CannotStart, type SqliteStartFailure } from './file/start-failure.ts'
import { UnreadableRow } from './reader/event-rows.ts'

/** Only the code: SQLite's messages may contain what is in a row. */
export function codeOf(error: unknown) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown error'
}

const isDamage = (code: string) => code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB'

const isFull = (code: string) => ['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)

export function sqliteFailure(error: unknown): Extract<StoreFailure, { type: 'unavailable' | 'corrupt' }> {
  const code = codeOf(error)
  return isDamage(code)
    ? { type: 'corrupt', detail: `the log is damaged: ${code}` }
    : { type: 'unavailable', detail: `the log failed: ${code}` }
}

export function startFailure(error: unknown, file: string): SqliteStartFailure {
  if (error instanceof CannotStart) return error.failure
  if (error instanceof UnreadableRow) return { type: 'damaged', detail: `${file}: ${error.message}` }
  const code = codeOf(error)
  if (isDamage(code)) return { type: 'damaged', detail: `${file} is damaged or is not a SQLite file: ${code}` }
  if (code.startsWith('SQLITE_READONLY') || ['EACCES', 'EROFS', 'EPERM'].includes(code)) {
    return { type: 'read_only', detail: `${file} or its folder cannot be written: ${code}` }
  }
  if (isFull(code)) return { type: 'disk_full', detail: `${file} cannot be written, because the disk is full: ${code}` }
  if (code.startsWith('SQLITE_IOERR')) return { type: 'unavailable', detail: `${file} cannot be read or written: ${code}` }
  return { type: 'unavailable', detail: `${file} could not be opened: ${code}` }
}
