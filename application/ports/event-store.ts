import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** Who did it and what it belongs to. `actor` is an account id, `anonymous` or `system`; nothing personal stands here. */
export type Metadata = { readonly actor: string; readonly correlationId: string; readonly causationId: string | null }

/** An event to append. `eventId` is a UUIDv7, made once and kept over retries; `data` is JSON. */
export type NewEvent = {
  readonly eventId: string
  readonly type: string
  readonly version: number
  readonly data: unknown
  readonly metadata: Metadata
}

/**
 * An event in the log. `revision` counts from 0 in its stream; `position` grows over the whole log, with gaps allowed, and is
 * never taken from a clock; `recordedAt` is ISO 8601 and for people: what happened when is in the data.
 */
export type RecordedEvent = NewEvent & {
  readonly stream: string
  readonly revision: number
  readonly position: number
  readonly recordedAt: string
}

/** The revision of the last event that the decision was made on. */
export type ExpectedRevision = number | 'no_stream'

/** Closed: every adapter maps what it meets to one of these. `detail` is for the operator and names no person. */
export type StoreFailure =
  | { readonly type: 'conflict'; readonly stream: string }
  | { readonly type: 'stream_deleted'; readonly stream: string }
  | { readonly type: 'unavailable'; readonly detail: string }
  | { readonly type: 'corrupt'; readonly detail: string }

export type Appended = { readonly revision: number; readonly position: number }

export type Observer = {
  /** Called with one event after another, each awaited. */
  readonly event: (event: RecordedEvent) => void | Promise<void>
  /**
   * Called in place of `event` where it is given: with the events that are there, one to 4,096 of them and in order, awaited before
   * the next. When it throws, the whole batch counts as not seen.
   */
  readonly events?: (batch: readonly RecordedEvent[]) => void | Promise<void>
  /** All that was recorded when the subscription began has been seen; what follows is live. */
  readonly caughtUp?: () => void
  /**
   * Called, where it is given, when the connection was lost; the subscription goes on by itself after the last event that was seen. By then the log may be
   * another one there: one that lost its end. Whoever must know compares, and subscribes anew.
   */
  readonly interrupted?: (failure: StoreFailure) => void
  /** The subscription is over; subscribe again from the last position that was seen. */
  readonly dropped: (failure: StoreFailure) => void
}

export type Subscription = { readonly close: () => Promise<void> }

/** The log: one port for SQLite, memory and EventStoreDB, held to one contract suite. */
export type EventStore = {
  /** The events of a stream from `from` (inclusive, 0 by default); a stream that never was is empty, a deleted one a failure. */
  readonly read: (stream: string, from?: number) => TaskEither<StoreFailure, readonly RecordedEvent[]>

  /**
   * All of `events` or none, if the stream is at `expected`. The same event ids at the same `expected` again are one effect and
   * return what they did the first time. On success the events are on disk. Rejects with a `TypeError` for a mistake of the caller: an empty list,
   * an event without an id, data that is not JSON.
   */
  readonly append: (stream: string, expected: ExpectedRevision, events: readonly NewEvent[]) => TaskEither<StoreFailure, Appended>

  /** Up to `limit` events after `position` (exclusive; 0 is before the first), in order; fewer only at the end of the log. */
  readonly readAll: (position: number, limit: number) => TaskEither<StoreFailure, readonly RecordedEvent[]>

  /**
   * Every event after `position`, then what follows, in order, none twice, none left out. Of key streams it may also show events that
   * newer ones replaced or whose stream was deleted, with what stood in them, which `readAll` never does: to know would be a round
   * trip for each person. So nobody may keep or act on the event of a key stream that a subscription showed, save on its position.
   */
  readonly subscribe: (position: number, observer: Observer) => Subscription

  /**
   * The position of the newest event, 0 for an empty log: never older than what was acknowledged when it was asked, whichever node asks.
   * It goes back when the newest event was the only one of a key stream that is deleted, so a lower head alone is not a log cut off.
   */
  readonly head: () => TaskEither<StoreFailure, number>

  /**
   * Key streams (`isKeyStream`) only: gone for ever, from the disk too; the name cannot be used again. Twice is once. Of a key stream only the
   * newest event is kept: appending to it drops the one before.
   */
  readonly deleteKeyStream: (stream: string) => TaskEither<StoreFailure, void>

  readonly close: () => Promise<void>
}
