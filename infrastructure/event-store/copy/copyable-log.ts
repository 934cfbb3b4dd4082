import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { EventStore, StoreFailure } from '../../../application/ports/event-store.ts'

/** A log as a copy is made of it. */
export type CopySource = Pick<EventStore, 'readAll' | 'head'> & {
  /** The names of key streams that can never be used again, which `readAll` does not tell. */
  readonly deletedKeyStreams: () => TaskEither<StoreFailure, readonly string[]>
}

/** A log as a copy is made in it. Nobody else writes to it meanwhile. */
export type CopyTarget = CopySource &
  Pick<EventStore, 'append' | 'deleteKeyStream'> & {
    /** Appends that are asked for without waiting are committed in the order of asking. */
    readonly keepsOrder: boolean
  }
