import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Now } from '../../application/ports/clock.ts'
import type { CommitObserver } from '../../application/ports/commit-observer.ts'
import type { EventStore, PayloadErasure, StoreFailure } from '../../application/ports/event-store.ts'
import type { ReachedPositions } from '../cluster/reached-positions.ts'
import type { AppendedPositions } from './appended-positions.ts'

export type Unready = {
  readonly problem: 'STORE_UNAVAILABLE' | 'STALE_READ_MODEL'
  readonly reason:
    | 'log_unreachable'
    | 'writer_dead'
    | 'catching_up'
    | 'stale'
    | 'rebuilding'
    | 'projection_stopped'
    | 'clock_jumped'
    | 'write_failed'
}

export type NodeReadings = {
  /** The position when the leader was last asked. */
  readonly head: () => number
  /** Up to here the copy of the log cannot be taken back any more. */
  readonly confirmed: () => number
  /** Seconds; infinite until the read models have once held everything. */
  readonly staleness: () => number
}

export type LogStorage = {
  readonly store: EventStore
  /** Never goes back, not even behind the newest event that was recorded. */
  readonly now: Now
  /** For one-time codes and tokens, which other machines judge by their own clocks. */
  readonly wall: Now
  readonly isNew: boolean
  /** Undefined where read models are rows of the same transaction: nobody waits there. */
  readonly positions: (Pick<AppendedPositions, 'follow'> & Pick<ReachedPositions, 'reach'>) | undefined
  /** Undefined where others keep the log. */
  readonly probe: TaskEither<StoreFailure, void> | undefined
  readonly erasure: PayloadErasure | undefined
  /** Undefined where the read models are never stale. */
  readonly isFresh: (() => boolean) | undefined
  readonly unready: () => Promise<Unready | null>
  readonly node: NodeReadings | undefined
  /** Runs `onFresh` once the read models hold everything that was recorded before. */
  readonly begin: (caches: CommitObserver, onFresh: () => Promise<void>) => Promise<void>
  readonly close: () => Promise<void>
}
