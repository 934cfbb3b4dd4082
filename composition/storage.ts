import type { Now } from '../application/ports/clock.ts'
import type { EventStore, RecordedEvent } from '../application/ports/event-store.ts'
import type { AppendedPositions } from '../infrastructure/event-store/appended-positions.ts'
import type { ReadModels } from './open-read-models.ts'

/** What the core keeps in memory of the log. */
export type Caches = {
  /** These were recorded, here or elsewhere. */
  readonly saw: (events: readonly RecordedEvent[]) => void
  /** What was seen may never have been in the log. */
  readonly forgetAll: () => void
}

/** Why this instance can let nobody in; nothing is wrong with the process itself. */
export type Unready = {
  readonly problem: 'STORE_UNAVAILABLE' | 'STALE_READ_MODEL'
  readonly reason: 'log_unreachable' | 'writer_dead' | 'catching_up' | 'stale' | 'rebuilding' | 'projection_stopped'
}

/** How a node stands to the log of its cluster; read when somebody scrapes. */
export type NodeReadings = {
  /** The position of the newest event, as last heard. */
  readonly head: () => number
  /** Seconds since the read models were known to hold everything; infinite before that was ever so. */
  readonly staleness: () => number
}

/** What the core stands on: the log, and the read models that follow it. Positions and `seen` (milliseconds) are as at the opening. */
export type Storage = {
  readonly store: EventStore
  readonly models: ReadModels
  /** Wall time that does not go back, also behind the newest event that was recorded. */
  readonly now: Now
  /** Nothing was ever written to the log. */
  readonly isNew: boolean
  readonly appended: AppendedPositions
  /** Whether the read models have seen `position`, or do so in time. */
  readonly reach: (position: number) => boolean | Promise<boolean>
  /** Undefined where they always are, because they are written with the log. */
  readonly isFresh: (() => boolean) | undefined
  readonly unready: () => Promise<Unready | null>
  readonly node: NodeReadings | undefined
  /** `onFresh` is run when the read models hold everything that was recorded before. */
  readonly begin: (caches: Caches, onFresh: () => Promise<void>) => Promise<void>
  readonly close: () => Promise<void>
}
