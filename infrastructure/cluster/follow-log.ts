import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore, RecordedEvent, StoreFailure } from '../../application/ports/event-store.ts'
import { backoff } from '../clock/backoff.ts'
import { monotonic } from '../clock/monotone-clock.ts'
import type { NewestCopied } from '../event-store/sqlite/replica/newest-copied.ts'
import type { Freshness } from './freshness.ts'
import type { ReachedPositions } from './reached-positions.ts'
import type { Replica, ReplicaFailure } from './replica.ts'

/** For the operator. `detail` names streams and faults, never data of an event. */
export type NodeEvent =
  | { readonly type: 'subscription_ended' | 'keeping_failed' | 'stopped'; readonly detail: string }
  | { readonly type: 'rewound'; readonly position: number }
  | { readonly type: 'caught_up'; readonly position: number }
  | { readonly type: 'catching_up'; readonly position: number; readonly head: number }

type Needs = {
  readonly store: EventStore
  readonly file: Replica
  readonly newestCopied: () => NewestCopied | undefined
  readonly reached: ReachedPositions
  readonly fresh: Freshness
  readonly onEvent: (event: NodeEvent) => void
  /** Events that were observed may not be in the log after all. */
  readonly clearCaches: () => void
}

const longestPause = 5_000

const reasonOf = (failure: StoreFailure) => ('detail' in failure ? failure.detail : failure.type)

const isSame = (copied: NewestCopied, { position, revision, eventId }: RecordedEvent) =>
  position === copied.position && revision === copied.revision && eventId === copied.eventId

/** Whether the log still has the newest event of the replica: one that was read before it was replicated may be gone, and another in its place. */
export async function isInLog(store: EventStore, copied: NewestCopied | undefined): Promise<boolean | 'unknown'> {
  if (copied === undefined) return true
  const read = await store.read(copied.stream, copied.revision)()
  if (isLeft(read)) return read.left.type === 'stream_deleted' ? false : 'unknown'
  const [there] = read.right
  return there !== undefined && isSame(copied, there)
}

/** A subscription that ends is resumed where the replica is. A replica of another log is wiped. No event is skipped. */
export function followLog({ store, file, newestCopied, reached, fresh, onEvent, clearCaches }: Needs) {
  const closing = new AbortController()
  const { pause, reset } = backoff({ firstMs: 100, longestMs: longestPause, signal: closing.signal })
  let isStopped = false
  let replicaFailure: ReplicaFailure | null = null
  let interrupt = (_why: string) => {}

  const followOnce = async () => {
    const position = reached.position()
    const end = Promise.withResolvers<string>()
    const over = (why: string) => {
      void file.pause()
      end.resolve(why)
    }
    interrupt = over
    file.goOnFrom(position)
    const subscription = store.subscribe(position, {
      event: file.take,
      events: file.takeAll,
      caughtUp: () => {
        file.goLive()
        onEvent({ type: 'caught_up', position: reached.position() })
      },
      // The log may be another one after a reconnect, so its events must not be taken before `isInLog` has compared the two.
      interrupted: (failure) => over(reasonOf(failure)),
      dropped: (failure) => over(reasonOf(failure)),
    })
    const why = await end.promise
    await Promise.all([file.pause(), subscription.close()])
    return why
  }

  /** The position goes first: once the file is empty, a check of the head would otherwise find nothing that speaks against it. */
  const startOver = async () => {
    const position = reached.position()
    fresh.reset()
    reached.moveTo(0)
    onEvent({ type: 'rewound', position })
    replicaFailure = await file.wipe()
    if (replicaFailure !== null) reached.moveTo(position)
    clearCaches()
  }

  /** A file that cannot be written may be writable again; every other failure needs an operator. */
  const handleFailure = (failure: ReplicaFailure) => {
    replicaFailure = null
    onEvent({ type: failure.type === 'file' ? 'keeping_failed' : 'stopped', detail: failure.detail })
    if (failure.type === 'file') return
    isStopped = true
    fresh.end()
  }

  const once = async () => {
    const isSameLog = await isInLog(store, newestCopied())
    if (isSameLog === 'unknown') return
    if (isSameLog === false) await startOver()
    if (replicaFailure !== null) return handleFailure(replicaFailure)
    if (closing.signal.aborted) return
    const before = monotonic()
    const why = await followOnce()
    if (monotonic() - before > longestPause) reset()
    if (!closing.signal.aborted && replicaFailure === null) onEvent({ type: 'subscription_ended', detail: why })
  }

  const run = async () => {
    while (!closing.signal.aborted && !isStopped) {
      await once()
      await pause()
    }
  }
  const done = run()

  return {
    isStopped: () => isStopped,
    onFailure: (failure: ReplicaFailure) => {
      replicaFailure = failure
      interrupt(failure.type)
    },
    /** The replica may not be of this log: compares the two before going on. */
    invalidate: () => interrupt('the newest event here is not in the log'),
    close: async () => {
      closing.abort()
      interrupt('closing')
      await done
    },
  }
}

export type LogFollower = ReturnType<typeof followLog>
