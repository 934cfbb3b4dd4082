import { createReadStream, createWriteStream, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { publishFile } from '../../../files/durable-file.ts'
import { draftOfRestore } from '../../../files/restore-draft-name.ts'
import { createFolder } from '../file/create-log.ts'
import { lockDataDirectory } from '../file/process-lock.ts'
import { CannotStart, type SqliteStartFailure } from '../file/start-failure.ts'
import { startFailure } from '../sqlite-error.ts'
import { runBackupTask } from './run-task.ts'
import type { LogContents } from './verify-log.ts'

export type RestoreFailure = SqliteStartFailure | { readonly type: 'not_empty'; readonly detail: string }

const endings = ['', '-wal', '-shm', '-journal']

/** The lock and the remainder of a restore that was killed are no content, and the master key may be there already. */
const occupant = (log: string) => {
  const known = new Set([
    'gatebook.lock',
    'gatebook.lock-journal',
    'master.key',
    ...endings.map((end) => `${draftOfRestore('gatebook.db')}${end}`),
  ])
  return existsSync(dirname(log)) ? readdirSync(dirname(log)).find((name) => !known.has(name)) : undefined
}

const refuseLiveLog = (file: string) => {
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new CannotStart(`${file} is no backup: a write-ahead log is beside it. Use gatebook backup`, { type: 'damaged' })
  }
}

export type RestoreDraft = {
  readonly draft: string
  readonly contents: LogContents
  /** Gives the draft the name of the log: from here on a server can start on it. */
  readonly publish: () => void
  /** Removes the draft, unless it is published, and lets others use the data directory. */
  readonly release: () => void
}

/** Copies a backup beside the place of the log and verifies the copy. Nobody else can use the data directory until it is released. */
export async function draftRestore(file: string, log: string): Promise<Either<RestoreFailure, RestoreDraft>> {
  const found = occupant(log)
  if (found !== undefined) {
    return left({
      type: 'not_empty',
      detail: `${dirname(log)} holds ${found}: restore into an empty directory, in which only master.key may be`,
    })
  }
  let release = () => {}
  try {
    refuseLiveLog(file)
    createFolder(log)
    const draft = draftOfRestore(log)
    const lock = lockDataDirectory(log)
    const discard = () => {
      for (const end of endings) rmSync(`${draft}${end}`, { force: true })
    }
    release = () => {
      discard()
      lock.release()
    }
    discard()
    if (occupant(log) !== undefined) throw new CannotStart(`${dirname(log)} is in use`, { type: 'locked' })
    await pipeline(createReadStream(file), createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }))
    const verified = await runBackupTask({ type: 'verify', draft })
    if (isLeft(verified)) {
      release()
      return verified
    }
    const publish = () => publishFile(draft, log)
    return right({ draft, contents: verified.right, publish, release })
  } catch (error) {
    release()
    return left(startFailure(error, file))
  }
}
