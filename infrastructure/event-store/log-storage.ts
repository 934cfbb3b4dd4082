import type { Now } from '../../application/ports/clock.ts'
import type { EventStore, RecordedEvent } from '../../application/ports/event-store.ts'
import type { AppendedPositions } from './appended-positions.ts'

/** What the process caches of the log. */
export type Caches = {
  /** These events were recorded, by this process or another one. */
  readonly observe: (events: readonly RecordedEvent[]) => void
  /** Events that were observed may not be in the log after all. */
  readonly clear: () => void
}

/** Why this instance must refuse everybody although the process itself works. */
export type Unready = {
  readonly problem: 'STORE_UNAVAILABLE' | 'STALE_READ_MODEL'
  readonly reason: 'log_unreachable' | 'writer_dead' | 'catching_up' | 'stale' | 'rebuilding' | 'projection_stopped'
}

export type NodeReadings = {
  /** The position of the newest event in the log when the leader was last asked. */
  readonly head: () => number
  /** Seconds since the read models were known to hold everything; infinite before the first time. */
  readonly staleness: () => number
}

/** An open log, and how far the read models of this process have followed it. */
export type LogStorage = {
  readonly store: EventStore
  /** Never goes back, not even behind the newest event that was recorded. */
  readonly now: Now
  /** Nothing was ever written to the log. */
  readonly isNew: boolean
  readonly appended: AppendedPositions
  /** Whether the read models have reached `position`, or do so before the caller has waited too long. */
  readonly reach: (position: number) => boolean | Promise<boolean>
  /** Undefined where the read models are written together with the log. */
  readonly isFresh: (() => boolean) | undefined
  readonly unready: () => Promise<Unready | null>
  /** Undefined without a cluster. */
  readonly node: NodeReadings | undefined
  /** Runs `onFresh` when the read models hold everything that was recorded before. */
  readonly begin: (caches: Caches, onFresh: () => Promise<void>) => Promise<void>
  readonly close: () => Promise<void>
}
