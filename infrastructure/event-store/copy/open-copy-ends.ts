import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { sqliteWorker } from '../../data-dir/open-data-dir-log.ts'
import type { EventStoreDbStartFailure } from '../eventstoredb/start-failure.ts'
import { openReadConnection } from '../sqlite/file/connection.ts'
import { openLogFile } from '../sqlite/file/open-log-file.ts'
import type { SqliteStartFailure } from '../sqlite/file/start-failure.ts'
import { openSqliteEventStore } from '../sqlite/open-sqlite-event-store.ts'
import { deletedKeyStreams } from '../sqlite/reader/deleted-key-streams.ts'
import { sqliteReader } from '../sqlite/reader/reader.ts'
import { startFailure } from '../sqlite/sqlite-error.ts'
import type { Place } from './copy-places.ts'
import type { CopySource, CopyTarget } from './copyable-log.ts'

type Closing = { readonly close: () => Promise<void> }
type Opening<Log> = Promise<Either<SqliteStartFailure | EventStoreDbStartFailure, Log & Closing>>

/** Milliseconds: enough for a cluster to elect another leader. */
const patience = { callMs: 60_000, attemptMs: 2_500 }

/** Takes the lock of the data directory, so that nobody writes while it is read. */
const lockedLog = async (file: string): Opening<CopySource> => {
  try {
    const log = openLogFile({ file, create: false })
    try {
      const reader = sqliteReader(openReadConnection(file))
      const close = async () => {
        await reader.close()
        log.close()
      }
      return right({ ...reader, deletedKeyStreams: () => deletedKeyStreams(log.db), close })
    } catch (error) {
      log.close()
      throw error
    }
  } catch (error) {
    return left(startFailure(error, file))
  }
}

const writtenLog = async (file: string): Opening<CopyTarget> => {
  const opened = await openSqliteEventStore({ file, create: true, worker: sqliteWorker })()
  if (isLeft(opened)) return opened
  const names = openReadConnection(file)
  const close = async () => {
    names.close()
    await opened.right.close()
  }
  return right({ ...opened.right, deletedKeyStreams: () => deletedKeyStreams(names), keepsOrder: true, close })
}

const cluster = async (url: string, development: boolean): Opening<CopyTarget> => {
  // Imported here because it slows down the other commands.
  const { openEventStoreDb } = await import('../eventstoredb/open-event-store-db.ts')
  const opened = await openEventStoreDb({ url, development, patience })()
  return isLeft(opened) ? opened : right({ ...opened.right, keepsOrder: false })
}

export function openCopySource(place: Place, development: boolean): Opening<CopySource> {
  return place.type === 'sqlite' ? lockedLog(place.file) : cluster(place.url, development)
}

export function openCopyTarget(place: Place, development: boolean): Opening<CopyTarget> {
  return place.type === 'sqlite' ? writtenLog(place.file) : cluster(place.url, development)
}
