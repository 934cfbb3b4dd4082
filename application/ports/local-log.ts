import type { Metadata, RecordedEvent } from './event-store.ts'

export type LoggedEvent = Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'type' | 'version' | 'data'> & {
  readonly metadata: Omit<Metadata, 'causationId'>
}

/** `newest`: its position. `head`: the highest position ever given out, which is higher after the newest key stream was deleted. */
export type LogEnds = { readonly count: number; readonly newest: number; readonly head: number }

/** The log in the same file as the read models. */
export type LocalLog = {
  readonly ends: () => LogEnds
  readonly after: (position: number, limit: number) => readonly LoggedEvent[]
  readonly at: (position: number) => RecordedEvent | undefined
  /** From that revision on, in order. */
  readonly ofStream: (stream: string, from: number, limit: number) => readonly RecordedEvent[]
  /** The hash of the event's leaf in the tree of the log, in base64. */
  readonly leafAt: (position: number) => string | undefined
}
