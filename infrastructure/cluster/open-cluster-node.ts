import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { CommitObserver } from '../../application/ports/commit-observer.ts'
import type { EventStore, NewEvent } from '../../application/ports/event-store.ts'
import { clockAtStart } from '../clock/clock-at-start.ts'
import { monotonic } from '../clock/monotone-clock.ts'
import { signsOfLife } from '../clock/signs-of-life.ts'
import { type ClockEvent, type ClockSources, trustedClock } from '../clock/trusted-clock.ts'
import { appendedPositions } from '../event-store/appended-positions.ts'
import type { LogStorage, Unready } from '../event-store/log-storage.ts'
import { refuseAppends } from '../event-store/refuse-appends.ts'
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
  readonly acceptClockJump?: boolean
  readonly openModels: (file: string) => Models
}

export type ClusterNodeHooks = Pick<ClockSources, 'wall' | 'elapsed'> & {
  readonly onClock?: (event: ClockEvent | { readonly type: 'ahead' | 'behind' }) => void
  readonly onWriterDeath?: () => void
  readonly onCommitted?: (events: readonly NewEvent[]) => void
  readonly onNode?: (event: NodeEvent) => void
}

export async function openClusterNode<Models extends ReplicaModels>(
  store: EventStore,
  { dataDir, maxStaleness, openModels, acceptClockJump: acceptJump = false }: ClusterNodeOptions<Models>,
  {
    wall = Date.now,
    elapsed,
    onWriterDeath = () => {},
    onCommitted = () => {},
    onNode = () => {},
    onClock = () => {},
  }: ClusterNodeHooks = {},
): Promise<Either<SqliteStartFailure, LogStorage & { readonly models: Models }>> {
  const appended = appendedPositions()
  const reached = reachedPositions(Math.min(maxStaleness, longestWait))
  const fresh = freshness(maxStaleness, { wall })
  let caches: CommitObserver | null = null
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
  const life = signsOfLife(dataDir)
  const clock = trustedClock(models.newestRecordedAt(), { wall, ...(elapsed && { elapsed }), acceptJump, onEvent: onClock })
  let isBehind = false
  const compareWithLog = () => {
    const standing = acceptJump ? 'plausible' : clockAtStart({ wall: wall(), newest: models.newestRecordedAt(), lastAlive: life.last() })
    if (standing !== 'plausible' && !(isBehind && standing === 'behind')) onClock({ type: standing })
    isBehind = standing === 'behind'
  }
  const isClockOff = () => isBehind || clock.hasJumped()

  const begin: LogStorage['begin'] = async (given, onFresh) => {
    caches = given
    fresh.onGained(() => {
      behind = 'catching_up'
      clock.raise(models.newestRecordedAt())
      compareWithLog()
      if (!isClockOff()) life.give(wall())
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
    if (isBehind) compareWithLog()
    if (isClockOff()) return { problem: 'STORE_UNAVAILABLE', reason: 'clock_jumped' }
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
    store: notifyAppended(refuseAppends(store, isClockOff), (events, position) => {
      for (const event of events) appended.note(event, position)
      onCommitted(events)
    }),
    models,
    now: clock.now,
    wall: clock.wall,
    isNew: false,
    positions: { follow: appended.follow, reach: reached.reach },
    probe: undefined,
    erasure: undefined,
    isFresh: fresh.isFresh,
    unready,
    node: { head: () => watcher?.head() ?? 0, confirmed: () => watcher?.confirmed() ?? 0, staleness: () => fresh.age() / 1_000 },
    begin,
    close,
  })
}
