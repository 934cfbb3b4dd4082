import { parentPort, workerData } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { openReadConnection } from '../file/connection.ts'
import { refuseOldLibrary } from '../file/library-version.ts'
import { CannotStart } from '../file/start-failure.ts'
import { codeOf, startFailure } from '../sqlite-error.ts'
import type { BackupTask, TaskMessage } from './backup-task.ts'
import { verifyLog } from './verify-log.ts'

const post = (message: TaskMessage) => parentPort?.postMessage(message)

const writeTo = (draft: string, db: Database) => {
  try {
    db.prepare('VACUUM INTO ?').run(draft)
  } catch (error) {
    const code = codeOf(error)
    if (!['SQLITE_FULL', 'SQLITE_CANTOPEN'].includes(code) && !code.startsWith('SQLITE_IOERR')) throw error
    throw new CannotStart(`the backup cannot be written, or the log cannot be read: ${code}`, { type: 'unavailable', cause: error })
  }
}

/** One read transaction: nobody waits for it, and what is written meanwhile is not in it. Returns the position before it. */
const copy = ({ log, draft }: Extract<BackupTask, { type: 'copy' }>) => {
  const db = openReadConnection(log)
  try {
    const position = Number(db.prepare('SELECT ifnull(max(position), 0) FROM event').pluck().get())
    // The connection is read-only, but this pragma forbids writing any file.
    db.exec('PRAGMA query_only = OFF')
    writeTo(draft, db)
    return position
  } finally {
    db.close()
  }
}

const task = workerData as BackupTask
try {
  refuseOldLibrary()
  const least = task.type === 'copy' ? copy(task) : 0
  if (task.type === 'copy') post({ type: 'copied' })
  const contents = verifyLog(task.draft)
  if (contents.position < least) throw new CannotStart(`${task.draft} lacks events`, { type: 'damaged' })
  post({ contents })
} catch (error) {
  post({ failure: startFailure(error, task.type === 'copy' ? task.log : task.draft) })
}
