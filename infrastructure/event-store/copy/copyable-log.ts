import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { EventStore, StoreFailure } from '../../../application/ports/event-store.ts'

export type CopySource = Pick<EventStore, 'readAll' | 'head'> & {
  /** Key streams that can never be used again; `readAll` does not show them. */
  readonly deletedKeyStreams: () => TaskEither<StoreFailure, readonly string[]>
}

/** Nobody else writes to it meanwhile. */
export type CopyTarget = CopySource &
  Pick<EventStore, 'append' | 'deleteKeyStream'> & {
    /** Appends that are sent without waiting are committed in the order in which they were sent. */
    readonly keepsOrder: boolean
  }
