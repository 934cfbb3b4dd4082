import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { EventStore, NewEvent } from '../../application/ports/event-store.ts'
import { monotoneClock, monotonic } from '../clock/monotone-clock.ts'
import { appendedPositions } from '../event-store/appended-positions.ts'
import type { Caches, LogStorage, Unready } from '../event-store/log-storage.ts'
import type { SqliteStartFailure } from '../event-store/sqlite/file/start-failure.ts'
import type { NewestCopied } from '../event-store/sqlite/replica/newest-copied.ts'
import { followLog, type LogFollower, type NodeEvent } from './follow-log.ts'
import { freshness } from './freshness.ts'
import { notifyAppended } from './notify-appended.ts'
import { reachedPositions } from './reached-positions.ts'
import { openReplica, type ReplicaFailure } from './replica.ts'
import { watchHead } from './watch-head.ts'

/** Milliseconds that a caller waits for the read models at most. */
const longestWait = 5_000

/** Milliseconds between two progress events of a long catch-up. */
const progressInterval = 3_000

type ReplicaModels = {
  readonly position: () => number
  readonly newestCopied: () => NewestCopied | undefined
  /** Milliseconds since 1970, 0 for an empty replica. */
  readonly newestRecordedAt: () => number
  readonly close: () => void
}

export type ClusterNodeOptions<Models> = {
  readonly dataDir: string
  /** Milliseconds that the read models may be behind before guards refuse. */
  readonly maxStaleness: number
  readonly openModels: (file: string) => Models
}

export type ClusterNodeHooks = {
  readonly wall?: () => number
  readonly onWriterDeath?: () => void
  readonly onCommitted?: (events: readonly NewEvent[]) => void
  readonly onNode?: (event: NodeEvent) => void
}

export async function openClusterNode<Models extends ReplicaModels>(
  store: EventStore,
  { dataDir, maxStaleness, openModels }: ClusterNodeOptions<Models>,
  { wall = Date.now, onWriterDeath = () => {}, onCommitted = () => {}, onNode = () => {} }: ClusterNodeHooks = {},
): Promise<Either<SqliteStartFailure, LogStorage & { readonly models: Models }>> {
  const appended = appendedPositions()
  const reached = reachedPositions(Math.min(maxStaleness, longestWait))
  const fresh = freshness(maxStaleness, { wall })
  let caches: Caches | null = null
  let follower: LogFollower | null = null
  let watcher: ReturnType<typeof watchHead> | null = null
  let behind: 'catching_up' | 'rebuilding' = 'catching_up'
  let hasDied = false

  let lastProgress = monotonic()
  const reportProgress = (position: number) => {
    const head = watcher?.head() ?? 0
    if (head === 0 || monotonic() - lastProgress < progressInterval) return
    lastProgress = monotonic()
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
      caches?.observe(events)
      reached.moveTo(through)
      fresh.reached(through)
      if (fresh.age() === Number.POSITIVE_INFINITY) reportProgress(through)
    },
    onFailure,
  })
  if (isLeft(file)) return file
  const models = openModels(file.right.file)
  reached.moveTo(models.position())
  let clock = monotoneClock({ seen: models.newestRecordedAt(), wall })

  const begin: LogStorage['begin'] = async (given, onFresh) => {
    caches = given
    fresh.onGained(() => {
      behind = 'catching_up'
      clock = monotoneClock({ seen: Math.max(clock(), models.newestRecordedAt()), wall })
      void onFresh()
    })
    const clearCaches = () => {
      behind = 'rebuilding'
      given.clear()
    }
    const common = { store, newestCopied: models.newestCopied, reached, fresh }
    const following = followLog({ ...common, file: file.right, onEvent: onNode, clearCaches })
    follower = following
    watcher = watchHead({ ...common, maxStaleness, onDiverged: following.invalidate })
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
    models.close()
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
    positions: { follow: appended.follow, reach: reached.reach },
    isFresh: fresh.isFresh,
    unready,
    node: { head: () => watcher?.head() ?? 0, staleness: () => fresh.age() / 1_000 },
    begin,
    close,
  })
}
