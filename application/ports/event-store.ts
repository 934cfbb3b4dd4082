import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/**
 * Who did it and what it belongs to. `actor` is an account id, `anonymous`, `system` or `system:` and a name; nothing personal stands here.
 * `sessionId`: the session in which it was asked for. Left out if no session was let in, and in events of older versions.
 */
export type Metadata = {
  readonly actor: string
  readonly correlationId: string
  readonly causationId: string | null
  readonly sessionId?: string
}

/** An event to append. `eventId` is a UUIDv7, made once and kept over retries; `data` is JSON. */
export type NewEvent = {
  readonly eventId: string
  readonly type: string
  readonly version: number
  readonly data: unknown
  readonly metadata: Metadata
}

/** `revision` counts from 0 in its stream. `position` grows over the whole log, with gaps. `recordedAt` is for people: times of decisions are in the data. */
export type RecordedEvent = NewEvent & {
  readonly stream: string
  readonly revision: number
  readonly position: number
  readonly recordedAt: string
}

export type ExpectedRevision = number | 'no_stream'

/** Every adapter maps its errors to one of these. `detail` is for the operator and names no person. */
export type StoreFailure =
  | { readonly type: 'conflict'; readonly stream: string }
  | { readonly type: 'stream_deleted'; readonly stream: string }
  | { readonly type: 'unavailable'; readonly detail: string }
  | { readonly type: 'corrupt'; readonly detail: string }

export type Appended = { readonly revision: number; readonly position: number }

export type Observer = {
  /** Awaited before the next event. */
  readonly event: (event: RecordedEvent) => void | Promise<void>
  /** Called instead of `event`, with up to 4,096 events in order. If it throws, none of them count as seen. */
  readonly events?: (batch: readonly RecordedEvent[]) => void | Promise<void>
  readonly caughtUp?: () => void
  /** The connection was lost; the subscription resumes by itself. The log may have lost its end meanwhile, so compare if it matters. */
  readonly interrupted?: (failure: StoreFailure) => void
  /** The subscription is over. Subscribe again from the last position. */
  readonly dropped: (failure: StoreFailure) => void
}

export type Subscription = { readonly close: () => Promise<void> }

export type EventStore = {
  /** From revision `from`, inclusive. A stream that never existed is empty; a deleted one is a failure. */
  readonly read: (stream: string, from?: number) => TaskEither<StoreFailure, readonly RecordedEvent[]>

  /** All or nothing, and on disk when it succeeds. The same event ids at the same `expected` take effect once. Rejects with a `TypeError` for bad arguments. */
  readonly append: (stream: string, expected: ExpectedRevision, events: readonly NewEvent[]) => TaskEither<StoreFailure, Appended>

  /** `position` is exclusive. Fewer than `limit` only at the end of the log. */
  readonly readAll: (position: number, limit: number) => TaskEither<StoreFailure, readonly RecordedEvent[]>

  /** Every event after `position`, in order, once. Unlike `readAll` it may show replaced or deleted events of key streams: use only their positions. */
  readonly subscribe: (position: number, observer: Observer) => Subscription

  /** The newest position that was acknowledged, 0 for an empty log. It goes back when the newest event was in a key stream that is deleted. */
  readonly head: () => TaskEither<StoreFailure, number>

  /** Key streams (`isKeyStream`) only. They are erased from the disk, and the name cannot be used again. Idempotent. */
  readonly deleteKeyStream: (stream: string) => TaskEither<StoreFailure, void>

  readonly close: () => Promise<void>
}

/** `from` is inclusive. `summary`: the revision of an event that holds the state of the stream, so that nothing before it is needed. */
export type ErasablePart = {
  readonly from: number
  readonly summary: number
  readonly recordedBefore: string
  /** All types if it is left out. */
  readonly types?: readonly string[]
}

/** Times are ISO 8601. A grant of a session that expires after `expiredBy` is left alone. */
export type ErasableGrant = { readonly recordedBefore: string; readonly expiredBy: string }

/** Each has a position of its own up to which it is done. */
export type ErasureKind = 'unknown_names' | 'attempts' | 'sessions'

/** For stores that can rewrite what they hold. */
export type PayloadErasure = {
  /** Login streams only. Replaces events by `LoginPayloadErased`; their place, id, metadata and recording time stay. Idempotent. A conflict if there is no such summary. */
  readonly erasePayloads: (stream: string, part: ErasablePart) => TaskEither<StoreFailure, void>

  /** Session streams only. Replaces the grant by `SessionPayloadErased`, as above. Idempotent. */
  readonly eraseGrant: (stream: string, grant: ErasableGrant) => TaskEither<StoreFailure, void>

  readonly erasedThrough: (kind: ErasureKind) => TaskEither<StoreFailure, number>

  /** Fails while anything that was erased before is still on the disk. */
  readonly saveErasedThrough: (position: number, kind: ErasureKind) => TaskEither<StoreFailure, void>
}
