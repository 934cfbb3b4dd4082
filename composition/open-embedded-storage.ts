import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { Now } from '../application/ports/clock.ts'
import type { EventStore, StoreFailure } from '../application/ports/event-store.ts'
import { instant } from '../domain/kernel/instant.ts'
import { monotoneClock } from '../infrastructure/clock/monotone-clock.ts'
import { logFile, openDataDirLog } from '../infrastructure/data-dir/open-data-dir-log.ts'
import type { Caches, Unready } from '../infrastructure/event-store/log-storage.ts'
import type { SqliteStartFailure } from '../infrastructure/event-store/sqlite/file/start-failure.ts'
import type { Hooks } from '../infrastructure/observability/hooks.ts'
import type { Values } from './config/variables.ts'
import type { Storage } from './gatebook.ts'
import { openReadModels } from './open-read-models.ts'

const lastSeen = async (store: EventStore) => {
  const head = await store.head()()
  if (isLeft(head)) return head
  const newest = await store.readAll(head.right - 1, 1)()
  if (isLeft(newest)) return newest
  return right({ isNew: head.right === 0, seen: Math.max(0, ...newest.right.map(({ recordedAt }) => Date.parse(recordedAt))) })
}

/** Log and read models share a file and a transaction, so nothing is ever stale. */
export async function openEmbeddedStorage(
  { DATA_DIR: dataDir }: Values,
  hooks: Hooks,
): Promise<Either<SqliteStartFailure | StoreFailure, Storage>> {
  const { wall = Date.now, onWriterDeath = () => {}, onCommitted = () => {} } = hooks
  let now: Now = () => instant(wall())
  let caches: Caches | null = null
  let unready: Unready | null = null

  const opened = await openDataDirLog(dataDir, {
    now: () => now(),
    onCommitted: (events) => {
      caches?.observe(events)
      onCommitted(events)
    },
    onWriterDeath: () => {
      unready = { problem: 'STORE_UNAVAILABLE', reason: 'writer_dead' }
      onWriterDeath()
    },
  })()
  if (isLeft(opened)) return opened
  const store = opened.right
  const last = await lastSeen(store)
  if (isLeft(last)) {
    await store.close()
    return last
  }
  now = monotoneClock({ seen: last.right.seen, wall })
  const models = openReadModels(logFile(dataDir), 'log')

  return right({
    store,
    models,
    now,
    isNew: last.right.isNew,
    positions: undefined,
    isFresh: undefined,
    unready: async () => unready ?? (isLeft(await store.head()()) ? { problem: 'STORE_UNAVAILABLE', reason: 'log_unreachable' } : null),
    node: undefined,
    begin: (given, onFresh) => {
      caches = given
      return onFresh()
    },
    close: async () => {
      models.db.close()
      await store.close()
    },
  })
}
