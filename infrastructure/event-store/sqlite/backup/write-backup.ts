import { closeSync, existsSync, openSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import { publishNewFile } from '../../../files/durable-file.ts'
import type { SqliteStartFailure } from '../file/start-failure.ts'
import { codeOf, startFailure } from '../sqlite-error.ts'
import { runBackupTask } from './run-task.ts'
import type { LogContents } from './verify-log.ts'

export type BackupFailure = SqliteStartFailure | { readonly type: 'exists'; readonly detail: string }

type Options = {
  readonly log: string
  readonly file: string
  /** Bytes. */
  readonly onProgress?: (done: number, total: number) => void
  readonly onCopied?: () => void
}

const often = 500

const exists = (file: string): BackupFailure => ({ type: 'exists', detail: `${file} exists already: a backup replaces nothing` })

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0

const isAlive = (id: number) => {
  try {
    return process.kill(id, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Of runs for the same file that were killed. In a container each run may have the same process id. */
const removeRemainders = (file: string) => {
  const start = `.${basename(file)}.`
  for (const name of readdirSync(dirname(file))) {
    const [, id] = name.startsWith(start) ? (/^([1-9]\d*)\.part(?:-journal)?$/.exec(name.slice(start.length)) ?? []) : []
    if (id !== undefined && (Number(id) === process.pid || !isAlive(Number(id)))) rmSync(join(dirname(file), name), { force: true })
  }
}

const watch = ({ log, onProgress = () => {} }: Options, draft: string) => {
  const total = sizeOf(log)
  const watching = setInterval(() => onProgress(Math.min(sizeOf(draft), total), total), often)
  return () => clearInterval(watching)
}

/** Of a log that may be written meanwhile. The file has all of it, verified and on disk, or is not there. */
export async function writeBackup(options: Options): Promise<Either<BackupFailure, LogContents>> {
  const { log, file, onCopied = () => {} } = options
  if (!existsSync(log)) return left({ type: 'missing', detail: `${log} does not exist` })
  if (existsSync(file)) return left(exists(file))
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}.part`)
  const remove = () => {
    for (const end of ['', '-journal']) rmSync(`${draft}${end}`, { force: true })
  }
  process.once('exit', remove)
  try {
    removeRemainders(file)
    closeSync(openSync(draft, 'wx', 0o600))
    const stopWatching = watch(options, draft)
    const copied = await runBackupTask({ type: 'copy', log, draft }, () => {
      stopWatching()
      onCopied()
    })
    stopWatching()
    if (isLeft(copied)) return copied
    publishNewFile(draft, file)
    return copied
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return left(exists(file))
    return left(startFailure(error, file))
  } finally {
    remove()
    process.off('exit', remove)
  }
}
