import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { CannotStart } from '../file/start-failure.ts'
import { codeOf } from '../sqlite-error.ts'
import { refuseWriteAheadLog } from './verify-log.ts'

export type BackupFileFailure = { readonly type: 'no_file' | 'file_unreadable' | 'not_a_file' | 'live_log' }

const isOfSource = (error: unknown, file: string) =>
  error instanceof Error && (('path' in error && error.path === file) || ('syscall' in error && error.syscall === 'read'))

const failureOf = (error: unknown): BackupFileFailure => {
  if (error instanceof CannotStart) return { type: 'live_log' }
  return { type: ['ENOENT', 'ENOTDIR'].includes(codeOf(error)) ? 'no_file' : 'file_unreadable' }
}

/** Throws if the draft cannot be written: what is wrong with the backup and with the disk of the draft are told apart. */
export async function copyBackup(file: string, draft: string): Promise<Either<BackupFileFailure, void>> {
  try {
    refuseWriteAheadLog(file)
    if (!statSync(file).isFile()) return left({ type: 'not_a_file' })
    await pipeline(createReadStream(file), createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }))
    return right(undefined)
  } catch (error) {
    if (error instanceof CannotStart || isOfSource(error, file)) return left(failureOf(error))
    throw error
  }
}
