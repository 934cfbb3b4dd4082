import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { EventStore } from '../../application/event-store.ts'
import { monotoneClock } from '../../infrastructure/clock/monotone-clock.ts'
import { openEventStoreDb } from '../../infrastructure/event-store/eventstoredb/open-event-store-db.ts'
import type { EventStoreDbStartFailure } from '../../infrastructure/event-store/eventstoredb/start-failure.ts'
import type { SqliteStartFailure } from '../../infrastructure/event-store/sqlite/start-failure.ts'
import { newestCopied, newestRecordedAt } from '../../projections/log-copy.ts'
import { type AppendedPositions, appendedPositions } from '../appended-positions.ts'
import type { Caches, Ground, Unready } from '../ground.ts'
import { openReadModels } from '../open-read-models.ts'
import type { Outside } from '../outside.ts'
import type { ClusterSettings } from '../settings.ts'
import { followLog, type LogFollower } from './follow-log.ts'
import { freshness } from './freshness.ts'
import { openNodeFile } from './open-node-file.ts'
import { reachedPositions } from './reached-positions.ts'
import { watchHead } from './watch-head.ts'

/** Milliseconds that a caller is kept waiting for the read models, at most. */
const longestWait = 5_000

/** What this node appends is counted here and not where it comes back: every node sees the others' events too. */
const tellAppended = (store: EventStore, appended: AppendedPositions, onCommitted: NonNullable<Outside['onCommitted']>): EventStore => ({
  ...store,
  append: (stream, expected, events) => async () => {
    const result = await store.append(stream, expected, events)()
    if (isLeft(result)) return result
    for (const event of events) appended.note(event, result.right.position)
    onCommitted(events)
    return result
  },
})

/** The log of a cluster, and a file of this node that comes after it. */
export const openNodeGround = async (
  dataDir: string,
  { url, development, maxStaleness }: ClusterSettings,
  outside: Outside,
): Promise<Either<SqliteStartFailure | EventStoreDbStartFailure, Ground>> => {
  const { wall = Date.now, onWriterDeath = () => {}, onCommitted = () => {}, onNode = () => {} } = outside
  const opened = await openEventStoreDb({ url, development })()
  if (isLeft(opened)) return left({ ...opened.left, detail: `EVENTSTOREDB_URL: ${opened.left.detail}` })
  const store = opened.right

  const appended = appendedPositions()
  const reached = reachedPositions(Math.min(maxStaleness, longestWait))
  const fresh = freshness(maxStaleness, { wall })
  let caches: Caches | null = null
  let follower: LogFollower | null = null
  let hasDied = false
  let behind: 'catching_up' | 'rebuilding' = 'catching_up'

  const file = await openNodeFile({
    dataDir,
    onKept: (through, events) => {
      caches?.saw(events)
      reached.moveTo(through)
      fresh.reached(through)
    },
    onFailure: (failure) => {
      if (failure.is === 'died') {
        hasDied = true
        onWriterDeath()
      }
      follower?.onFailure(failure)
    },
  })
  if (isLeft(file)) {
    await store.close()
    return file
  }
  const models = openReadModels(file.right.file, 'copy')
  reached.moveTo(models.position())
  const newest = newestCopied(models.db)
  let clock = monotoneClock({ seen: newestRecordedAt(models.db), wall })

  const unready = async (): Promise<Unready | null> => {
    if (hasDied) return { problem: 'STORE_UNAVAILABLE', reason: 'writer_dead' }
    if (fresh.isFresh()) return null
    const reason = follower?.isStopped() === true ? 'projection_stopped' : fresh.age() < Number.POSITIVE_INFINITY ? 'stale' : behind
    return { problem: 'STALE_READ_MODEL', reason }
  }
  let watcher: ReturnType<typeof watchHead> | null = null

  return right({
    store: tellAppended(store, appended, onCommitted),
    models,
    now: () => clock(),
    isNew: false,
    appended,
    reach: reached.reach,
    isFresh: fresh.isFresh,
    unready,
    node: { head: () => watcher?.head() ?? 0, staleness: () => fresh.age() / 1_000 },
    begin: async (given, onFresh) => {
      caches = given
      fresh.onGained(() => {
        behind = 'catching_up'
        clock = monotoneClock({ seen: Math.max(clock(), newestRecordedAt(models.db)), wall })
        void onFresh()
      })
      const common = { store, newestCopied: newest, reached, fresh }
      const forgetAll = () => {
        behind = 'rebuilding'
        given.forgetAll()
      }
      const following = followLog({ ...common, file: file.right, tell: onNode, forgetAll })
      follower = following
      watcher = watchHead({ ...common, maxStaleness, onStranger: following.doubt })
    },
    close: async () => {
      reached.close()
      await Promise.all([watcher?.close(), follower?.close()])
      models.db.close()
      await file.right.close()
      await store.close()
    },
  })
}
