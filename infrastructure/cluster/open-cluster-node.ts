import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { EventStore } from '../../application/ports/event-store.ts'
import type { Hooks } from '../../composition/hooks.ts'
import { openReadModels } from '../../composition/open-read-models.ts'
import type { Caches, Storage, Unready } from '../../composition/storage.ts'
import { monotoneClock } from '../clock/monotone-clock.ts'
import { monotonic } from '../clock/monotonic.ts'
import { appendedPositions } from '../event-store/appended-positions.ts'
import type { SqliteStartFailure } from '../event-store/sqlite/file/start-failure.ts'
import { newestCopied, newestRecordedAt } from '../event-store/sqlite/replica/copy-rows.ts'
import { followLog, type LogFollower } from './follow-log.ts'
import { freshness } from './freshness.ts'
import { notifyAppended } from './notify-appended.ts'
import { reachedPositions } from './reached-positions.ts'
import { openReplica, type ReplicaFailure } from './replica.ts'
import { watchHead } from './watch-head.ts'

/** Milliseconds that a caller is kept waiting for the read models, at most. */
const longestWait = 5_000

/** Milliseconds between two lines about a long catch-up. */
const betweenLines = 3_000

export type ClusterNodeOptions = {
  readonly dataDir: string
  /** Milliseconds that the read models may be behind before guards refuse. */
  readonly maxStaleness: number
}

/** The ground of a node on a log that others write to as well: a file of its own comes after it. */
export async function openClusterNode(
  store: EventStore,
  { dataDir, maxStaleness }: ClusterNodeOptions,
  outside: Hooks = {},
): Promise<Either<SqliteStartFailure, Storage>> {
  const { wall = Date.now, onWriterDeath = () => {}, onCommitted = () => {}, onNode = () => {} } = outside
  const appended = appendedPositions()
  const reached = reachedPositions(Math.min(maxStaleness, longestWait))
  const fresh = freshness(maxStaleness, { wall })
  let caches: Caches | null = null
  let follower: LogFollower | null = null
  let watcher: ReturnType<typeof watchHead> | null = null
  let behind: 'catching_up' | 'rebuilding' = 'catching_up'
  let hasDied = false

  let lastSaid = monotonic()
  const sayHowFar = (position: number) => {
    const head = watcher?.head() ?? 0
    if (head === 0 || monotonic() - lastSaid < betweenLines) return
    lastSaid = monotonic()
    onNode({ type: 'catching_up', position, head })
  }
  const onFailure = (failure: ReplicaFailure) => {
    if (failure.type === 'died') {
      hasDied = true
      fresh.end()
      onWriterDeath()
    }
    follower?.onFailure(failure)
  }
  const file = await openReplica({
    dataDir,
    onKept: (through, events) => {
      caches?.saw(events)
      reached.moveTo(through)
      fresh.reached(through)
      if (fresh.age() === Number.POSITIVE_INFINITY) sayHowFar(through)
    },
    onFailure,
  })
  if (isLeft(file)) return file
  const models = openReadModels(file.right.file, 'copy')
  reached.moveTo(models.position())
  const newest = newestCopied(models.db)
  let clock = monotoneClock({ seen: newestRecordedAt(models.db), wall })

  const begin: Storage['begin'] = async (given, onFresh) => {
    caches = given
    fresh.onGained(() => {
      behind = 'catching_up'
      clock = monotoneClock({ seen: Math.max(clock(), newestRecordedAt(models.db)), wall })
      void onFresh()
    })
    const forgetAll = () => {
      behind = 'rebuilding'
      given.forgetAll()
    }
    const common = { store, newestCopied: newest, reached, fresh }
    const following = followLog({ ...common, file: file.right, tell: onNode, forgetAll })
    follower = following
    watcher = watchHead({ ...common, maxStaleness, onStranger: following.doubt })
  }

  const reasonOfStaleness = (): Unready['reason'] => {
    if (follower?.isStopped() === true) return 'projection_stopped'
    return fresh.age() < Number.POSITIVE_INFINITY ? 'stale' : behind
  }
  const unready = async (): Promise<Unready | null> => {
    if (hasDied) return { problem: 'STORE_UNAVAILABLE', reason: 'writer_dead' }
    return fresh.isFresh() ? null : { problem: 'STALE_READ_MODEL', reason: reasonOfStaleness() }
  }

  const close = async () => {
    reached.close()
    await Promise.all([watcher?.close(), follower?.close()])
    models.db.close()
    await file.right.close()
    await store.close()
  }

  return right({
    store: notifyAppended(store, (events, position) => {
      for (const event of events) appended.note(event, position)
      onCommitted(events)
    }),
    models,
    now: () => clock(),
    isNew: false,
    appended,
    reach: reached.reach,
    isFresh: fresh.isFresh,
    unready,
    node: { head: () => watcher?.head() ?? 0, staleness: () => fresh.age() / 1_000 },
    begin,
    close,
  })
}
