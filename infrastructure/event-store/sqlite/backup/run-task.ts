import { Worker } from 'node:worker_threads'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { SqliteStartFailure } from '../file/start-failure.ts'
import type { BackupTask, TaskMessage } from './backup-task.ts'
import type { LogContents } from './verify-log.ts'

const entry = new URL(import.meta.url.endsWith('.ts') ? './backup.worker.ts' : './backup.worker.js', import.meta.url)

const ended: SqliteStartFailure = { type: 'unavailable', detail: 'the thread that reads the log has ended' }

/** In a thread, because each step is one long call of SQLite, and signals and progress must not wait for it. */
export function runBackupTask(task: BackupTask, onCopied = () => {}): Promise<Either<SqliteStartFailure, LogContents>> {
  return new Promise((resolve) => {
    const worker = new Worker(entry, { workerData: task })
    worker.on('message', (message: TaskMessage) => {
      if ('contents' in message) resolve(right(message.contents))
      else if ('failure' in message) resolve(left(message.failure))
      else onCopied()
    })
    worker.on('error', () => resolve(left(ended)))
    worker.on('exit', () => resolve(left(ended)))
  })
}
