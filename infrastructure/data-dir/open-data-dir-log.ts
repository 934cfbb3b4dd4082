import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { left } from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import type { SqliteStartFailure } from '../event-store/sqlite/file/start-failure.ts'
import { openSqliteEventStore } from '../event-store/sqlite/open-sqlite-event-store.ts'

export function logFile(dataDir: string) {
  return join(dataDir, 'gatebook.db')
}

/** Made after the log at the first start: where one of them stands without it, the log was lost, and a new one must not take its place. */
const madeAfterTheLog = ['master.key', 'setup.token']

export const sqliteWorker = new URL(
  import.meta.url.endsWith('.ts') ? '../../composition/sqlite-writer.worker.ts' : '../../composition/sqlite-writer.worker.js',
  import.meta.url,
)

/** The log of a data directory that has one. */
export function openExistingLog(dataDir: string) {
  return openSqliteEventStore({ file: logFile(dataDir), create: false, worker: sqliteWorker })
}

type Watch = {
  readonly onCommitted: (events: readonly RecordedEvent[]) => void
  readonly onWriterDeath: () => void
  /** For `recordedAt`. */
  readonly now: () => number
}

/** The embedded log of a data directory; a new one only where there never was any. */
export function openDataDirLog(dataDir: string, watch: Watch) {
  const file = logFile(dataDir)
  const trace = madeAfterTheLog.find((name) => existsSync(join(dataDir, name)))
  const lost: SqliteStartFailure = { type: 'missing', detail: `${file} does not exist, but ${trace} beside it does: put the log back` }
  if (!existsSync(file) && trace !== undefined) return TE.fromEither(left(lost))
  return openSqliteEventStore({ file, create: true, worker: sqliteWorker, ...watch })
}
