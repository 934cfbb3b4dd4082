import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore, RecordedEvent, StoreFailure } from '../../application/ports/event-store.ts'
import { backoff } from '../clock/backoff.ts'
import { monotonic } from '../clock/monotonic.ts'
import type { NewestCopied } from '../event-store/sqlite/replica/copy-rows.ts'
import type { Freshness } from './freshness.ts'
import type { ReachedPositions } from './reached-positions.ts'
import type { Replica, ReplicaFailure } from './replica.ts'

/** What the operator is told of. `detail` names streams and faults, never what stands in an event. */
export type NodeEvent =
  | { readonly type: 'subscription_ended' | 'keeping_failed' | 'stopped'; readonly detail: string }
  | { readonly type: 'rewound'; readonly position: number }
  | { readonly type: 'caught_up'; readonly position: number }
  | { readonly type: 'catching_up'; readonly position: number; readonly head: number }

type Needs = {
  readonly store: EventStore
  readonly file: Replica
  /** Of the copy in the file. */
  readonly newestCopied: () => NewestCopied | undefined
  readonly reached: ReachedPositions
  readonly fresh: Freshness
  readonly tell: (told: NodeEvent) => void
  /** Whatever was remembered of the log may never have been in it. */
  readonly forgetAll: () => void
}

/** Milliseconds. */
const longestPause = 5_000

const reasonOf = (failure: StoreFailure) => ('detail' in failure ? failure.detail : failure.type)

const isSame = (copied: NewestCopied, { position, revision, eventId }: RecordedEvent) =>
  position === copied.position && revision === copied.revision && eventId === copied.eventId

/** Whether the newest event of the copy is in the log as it is here. What was seen before it was replicated may be gone, and others in its place. */
export async function isInLog(store: EventStore, copied: NewestCopied | undefined): Promise<boolean | 'unknown'> {
  if (copied === undefined) return true
  const read = await store.read(copied.stream, copied.revision)()
  if (isLeft(read)) return read.left.type === 'stream_deleted' ? false : 'unknown'
  const [there] = read.right
  return there !== undefined && isSame(copied, there)
}

/**
 * Brings the node's file after the log, for ever. A subscription that ends is begun again from where the file is; a copy that is not of this log is
 * thrown away and made anew; what cannot be taken stops everything, and nothing is skipped.
 */
export function followLog({ store, file, newestCopied, reached, fresh, tell, forgetAll }: Needs) {
  const closing = new AbortController()
  let isStopped = false
  let keepingFailure: ReplicaFailure | null = null
  let interrupt = (_why: string) => {}
  const { pause, reset } = backoff({ firstMs: 100, longestMs: longestPause, signal: closing.signal })

  /**
   * Follows one connection to its end, and answers why it ended. Nothing is taken over a second one before it was looked whether the newest event here is
   * still in the log: what comes after it in another log does not follow on it, and soon hides it.
   */
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
        tell({ type: 'caught_up', position: reached.position() })
      },
      interrupted: (failure) => over(reasonOf(failure)),
      dropped: (failure) => over(reasonOf(failure)),
    })
    const why = await end.promise
    await Promise.all([file.pause(), subscription.close()])
    return why
  }

  const startAnew = async () => {
    fresh.lose()
    tell({ type: 'rewound', position: reached.position() })
    keepingFailure = await file.wipe()
    if (keepingFailure === null) reached.moveTo(0)
    forgetAll()
  }

  /** What the file could not take is told once. A file that cannot be written may be writable again; everything else waits for a person. */
  const giveWay = (failure: ReplicaFailure) => {
    keepingFailure = null
    tell({ type: failure.type === 'file' ? 'keeping_failed' : 'stopped', detail: failure.detail })
    if (failure.type === 'file') return
    isStopped = true
    fresh.end()
  }

  const once = async () => {
    const same = await isInLog(store, newestCopied())
    if (same === 'unknown') return
    if (same === false) await startAnew()
    if (keepingFailure !== null) return giveWay(keepingFailure)
    if (closing.signal.aborted) return
    const before = monotonic()
    const why = await followOnce()
    if (monotonic() - before > longestPause) reset()
    if (!closing.signal.aborted && keepingFailure === null) tell({ type: 'subscription_ended', detail: why })
  }

  const run = async () => {
    while (!closing.signal.aborted && !isStopped) {
      await once()
      await pause()
    }
  }
  const done = run()

  return {
    /** For good: a person has to look. */
    isStopped: () => isStopped,
    /** The file could not take what came. */
    onFailure: (failure: ReplicaFailure) => {
      keepingFailure = failure
      interrupt(failure.type)
    },
    /** The copy may not be of this log: look before going on. */
    doubt: () => interrupt('the newest event here is not in the log'),
    close: async () => {
      closing.abort()
      interrupt('closing')
      await done
    },
  }
}

export type LogFollower = ReturnType<typeof followLog>
