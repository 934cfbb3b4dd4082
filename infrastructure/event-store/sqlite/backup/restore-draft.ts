import { existsSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { publishFile } from '../../../files/durable-file.ts'
import { draftOfRestore } from '../../../files/restore-draft-name.ts'
import { createFolder } from '../file/create-log.ts'
import { lockDataDirectory } from '../file/process-lock.ts'
import { CannotStart, type SqliteStartFailure } from '../file/start-failure.ts'
import { startFailure } from '../sqlite-error.ts'
import type { LogEnd } from './backup-task.ts'
import { type BackupFileFailure, copyBackup } from './copy-backup.ts'
import { occupantOf } from './occupant.ts'
import { runBackupTask } from './run-task.ts'
import type { LogContents } from './verify-log.ts'

/** `not_a_backup`: of the file. `not_whole`: of what was written beside the place of the log. */
export type RestoreFailure =
  | SqliteStartFailure
  | BackupFileFailure
  | { readonly type: 'not_a_backup' | 'newer_backup' | 'older_backup' | 'not_whole' }
  | { readonly type: 'not_empty'; readonly occupant: string }

const endings = ['', '-wal', '-shm', '-journal']

export type RestoreDraft = {
  readonly draft: string
  readonly contents: LogContents
  /** Gives the draft the name of the log once all of it is on disk and was read back: from here on a server can start on it. */
  readonly publish: (end: LogEnd) => Promise<Either<RestoreFailure, void>>
  /** Removes the draft, unless it is published, and lets others use the data directory. */
  readonly release: () => void
}

const ofBackup = (failure: SqliteStartFailure): RestoreFailure => {
  if (failure.type === 'damaged') return { type: 'not_a_backup' }
  if (failure.type === 'newer_schema') return { type: 'newer_backup' }
  return failure.type === 'older_schema' ? { type: 'older_backup' } : failure
}

const verifiedCopy = async (file: string, draft: string): Promise<Either<RestoreFailure, LogContents>> => {
  const copied = await copyBackup(file, draft)
  if (isLeft(copied)) return copied
  const verified = await runBackupTask({ type: 'verify', draft })
  return isLeft(verified) ? left(ofBackup(verified.left)) : verified
}

/** Nobody else has seen it: the lock of the data directory is still held. */
const publishDraft = (draft: string, log: string): Either<RestoreFailure, void> => {
  try {
    return right(publishFile(draft, log))
  } catch (error) {
    rmSync(log, { force: true })
    return left(startFailure(error, log))
  }
}

const settleAndPublish =
  (draft: string, log: string): RestoreDraft['publish'] =>
  async (end) => {
    const settled = await runBackupTask({ type: 'settle', draft, end })
    if (!isLeft(settled)) return publishDraft(draft, log)
    return left(settled.left.type === 'damaged' ? { type: 'not_whole' } : settled.left)
  }

/** Copies a backup beside the place of the log and verifies the copy. Nobody else can use the data directory until it is released. */
export async function draftRestore(file: string, log: string): Promise<Either<RestoreFailure, RestoreDraft>> {
  const draft = draftOfRestore(log)
  let release = () => {}
  try {
    const occupant = occupantOf(log)
    if (occupant !== undefined) return left({ type: 'not_empty', occupant })
    createFolder(log)
    const lock = lockDataDirectory(log)
    const discard = () => {
      for (const end of endings) rmSync(`${draft}${end}`, { force: true })
    }
    release = () => {
      discard()
      lock.release()
    }
    discard()
    if (occupantOf(log) !== undefined) throw new CannotStart(`${dirname(log)} is in use`, { type: 'locked' })
    const contents = await verifiedCopy(file, draft)
    if (!isLeft(contents)) return right({ draft, contents: contents.right, publish: settleAndPublish(draft, log), release })
    release()
    return contents
  } catch (error) {
    release()
    return left(startFailure(error, existsSync(dirname(log)) ? log : dirname(log)))
  }
}
