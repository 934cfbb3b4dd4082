import type { RecordedEvent } from './event-store.ts'

/** What a read model sees of a recorded event. */
export type LoggedEvent = Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'type' | 'version' | 'data'> & {
  readonly metadata: { readonly actor: string }
}

/**
 * `count`: how many events there are. `newest`: the position of the newest one.
 * `head`: the highest position that was ever given out; a deleted key stream leaves `newest` behind it.
 */
export type LogEnds = { readonly count: number; readonly newest: number; readonly head: number }

/** The log that is in the same file as the read models. */
export type LocalLog = {
  readonly ends: () => LogEnds
  /** Up to `limit` events after `position`, in order. */
  readonly after: (position: number, limit: number) => readonly LoggedEvent[]
  readonly at: (position: number) => RecordedEvent | undefined
}
