import { parentPort, workerData } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { flush } from '../../../files/durable-file.ts'
import { openReadConnection, openWriteConnection } from '../file/connection.ts'
import { refuseOldLibrary } from '../file/library-version.ts'
import { CannotStart } from '../file/start-failure.ts'
import { codeOf, startFailure } from '../sqlite-error.ts'
import type { BackupTask, TaskMessage } from './backup-task.ts'
import { type LogContents, verifyLog } from './verify-log.ts'

const post = (message: TaskMessage) => parentPort?.postMessage(message)

const writeTo = (draft: string, db: Database) => {
  try {
    db.prepare('VACUUM INTO ?').run(draft)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'SQLITE_FULL') throw new CannotStart('the backup cannot be written: the disk is full', { type: 'disk_full', cause: error })
    if (code !== 'SQLITE_CANTOPEN' && !code.startsWith('SQLITE_IOERR')) throw error
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

/** A connection that could not write its checkpoint when it was closed left events in the write-ahead log. */
const settle = (draft: string) => {
  const db = openWriteConnection(draft)
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

const whole = (draft: string, isWhole: (contents: LogContents) => boolean): LogContents => {
  const contents = verifyLog(draft)
  if (!isWhole(contents)) throw new CannotStart(`${draft} lacks events`, { type: 'damaged' })
  return contents
}

const carryOut = (task: BackupTask): LogContents => {
  switch (task.type) {
    case 'verify':
      return verifyLog(task.draft)
    case 'copy': {
      const least = copy(task)
      post({ type: 'copied' })
      return whole(task.draft, ({ position }) => position >= least)
    }
    case 'settle':
      settle(task.draft)
      flush(task.draft)
      return whole(task.draft, ({ events, position }) => events === task.end.events && position === task.end.position)
  }
}

const task = workerData as BackupTask
try {
  refuseOldLibrary()
  post({ contents: carryOut(task) })
} catch (error) {
  post({ failure: startFailure(error, task.type === 'copy' ? task.log : task.draft) })
}
