import type { Instant } from '../../domain/kernel/instant.ts'
import type { RecordedEvent } from '../ports/event-store.ts'

/** Streams of the log in the same file as the read models. Key streams are not among them. */
export type LocalStreams = {
  readonly at: (position: number) => RecordedEvent | undefined
  /** Both revisions are inclusive. */
  readonly events: (stream: string, from: number, through: number) => readonly RecordedEvent[]
  /** The highest revision, up to and including this one, of an event of the type. */
  readonly newestOfType: (stream: string, type: string, through: number) => number | undefined
  /** Of the last event that was recorded at or before a time; 0 for none. */
  readonly positionAt: (time: Instant) => number
  /** The newest event of the stream at or before a position. */
  readonly newestUntil: (stream: string, position: number) => RecordedEvent | undefined
}
