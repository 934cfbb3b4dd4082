import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { left } from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import type { SqliteStartFailure } from '../event-store/sqlite/file/start-failure.ts'
import { openSqliteEventStore } from '../event-store/sqlite/open-sqlite-event-store.ts'
import { draftOfRestore } from '../files/restore-draft-name.ts'

export function logFile(dataDir: string) {
  return join(dataDir, 'gatebook.db')
}

/** Created after the log. If one of them is there without it, the log was lost and must not be replaced by a new one. */
const createdAfterLog = ['master.key', 'setup.token']

export const sqliteWorker = new URL(
  import.meta.url.endsWith('.ts') ? '../../composition/sqlite-writer.worker.ts' : '../../composition/sqlite-writer.worker.js',
  import.meta.url,
)

export function openExistingLog(dataDir: string) {
  return openSqliteEventStore({ file: logFile(dataDir), create: false, worker: sqliteWorker })
}

type Watch = {
  readonly onCommitted: (events: readonly RecordedEvent[]) => void
  readonly onWriterDeath: () => void
  readonly now: () => number
}

export function openDataDirLog(dataDir: string, watch: Watch) {
  const file = logFile(dataDir)
  const trace = createdAfterLog.find((name) => existsSync(join(dataDir, name)))
  const lost: SqliteStartFailure = { type: 'missing', detail: `${file} does not exist, but ${trace} beside it does: put the log back` }
  const unfinished: SqliteStartFailure = {
    type: 'missing',
    detail: `a restore of ${file} was not finished: run it again, or remove ${draftOfRestore(file)}`,
  }
  if (!existsSync(file) && existsSync(draftOfRestore(file))) return TE.fromEither(left(unfinished))
  if (!existsSync(file) && trace !== undefined) return TE.fromEither(left(lost))
  return openSqliteEventStore({ file, create: true, worker: sqliteWorker, ...watch })
}
