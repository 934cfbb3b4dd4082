import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type {
  Appended,
  ErasureKind,
  EventStore,
  ExpectedRevision,
  NewEvent,
  PayloadErasure,
  RecordedEvent,
  StoreFailure,
} from '../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../domain/kernel/streams.ts'
import { encodeEvents, requireKeyStream } from '../encode-events.ts'
import { requireSessionStream } from '../erase-grant.ts'
import { requireLoginStream } from '../erase-payload.ts'
import { pollingSubscriptions } from '../polling-subscriptions.ts'
import { storeClosed } from '../store-closed.ts'
import { eraseGrantInMemory, eraseInMemory } from './erase-in-memory.ts'
import { memoryLog } from './memory-log.ts'

export type MemoryEventStore = {
  readonly now?: () => number
  /** Called before the append returns. */
  readonly onCommitted?: (events: readonly RecordedEvent[]) => void
}

/** The reference for the other stores. */
export function memoryEventStore({ now = Date.now, onCommitted }: MemoryEventStore = {}): EventStore & PayloadErasure {
  const log = memoryLog()
  let last = 0
  let isClosed = false
  const erasedThrough = new Map<ErasureKind, number>()
  const deleted = new Set<string>()
  const taken = new Set<string>()

  const unlessClosed = async <A>(run: () => Either<StoreFailure, A>) => (isClosed ? left(storeClosed) : run())

  const hasUsedId = (events: readonly NewEvent[]) =>
    new Set(events.map(({ eventId }) => eventId)).size < events.length || events.some(({ eventId }) => taken.has(eventId))

  const repeated = (stream: string, after: number, events: readonly NewEvent[]): Either<StoreFailure, Appended> => {
    const before = log.ofStream(stream).filter(({ revision }) => revision > after && revision <= after + events.length)
    const final = before.at(-1)
    const same = before.length === events.length && events.every(({ eventId }, index) => before[index]?.eventId === eventId)
    return same && final !== undefined ? right({ revision: final.revision, position: final.position }) : left({ type: 'conflict', stream })
  }

  const record = (stream: string, after: number, events: readonly NewEvent[], jsons: readonly string[]): Appended => {
    const recordedAt = new Date(now()).toISOString()
    const recorded = events.map(({ eventId, type, version, metadata }, index): RecordedEvent => {
      const data: unknown = JSON.parse(jsons[index] ?? '')
      const placed = { stream, revision: after + 1 + index, position: last + 1 + index, recordedAt }
      return { eventId, type, version, data, metadata: { ...metadata }, ...placed }
    })
    last += recorded.length
    for (const { eventId } of events) taken.add(eventId)
    if (isKeyStream(stream)) log.drop(stream)
    log.add(stream, isKeyStream(stream) ? recorded.slice(-1) : recorded)
    onCommitted?.(recorded)
    subscriptions.wake()
    return { revision: after + recorded.length, position: last }
  }

  const append = (stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Either<StoreFailure, Appended> => {
    const jsons = encodeEvents(stream, expected, events)
    if (deleted.has(stream)) return left({ type: 'stream_deleted', stream })
    const after = expected === 'no_stream' ? -1 : expected
    if ((log.ofStream(stream).at(-1)?.revision ?? -1) !== after) return repeated(stream, after, events)
    return hasUsedId(events) ? left({ type: 'conflict', stream }) : right(record(stream, after, events, jsons))
  }

  const readAll: EventStore['readAll'] = (position, limit) => () => unlessClosed(() => right(log.after(position, limit)))
  const subscriptions = pollingSubscriptions(readAll)

  return {
    read:
      (stream, from = 0) =>
      () =>
        unlessClosed(() =>
          deleted.has(stream)
            ? left({ type: 'stream_deleted', stream })
            : right(log.ofStream(stream).filter(({ revision }) => revision >= from)),
        ),
    readAll,
    append: (stream, expected, events) => () => unlessClosed(() => append(stream, expected, events)),
    subscribe: subscriptions.subscribe,
    head: () => () => unlessClosed(() => right(log.newest()?.position ?? 0)),
    deleteKeyStream: (stream) => () =>
      unlessClosed(() => {
        requireKeyStream(stream)
        log.drop(stream)
        if (!deleted.has(stream)) last++
        deleted.add(stream)
        return right(undefined)
      }),
    erasePayloads: (stream, part) => () =>
      unlessClosed(() => {
        requireLoginStream(stream)
        return eraseInMemory(log, stream, part)
      }),
    eraseGrant: (stream, grant) => () =>
      unlessClosed(() => {
        requireSessionStream(stream)
        return eraseGrantInMemory(log, stream, grant)
      }),
    erasedThrough: (kind) => () => unlessClosed(() => right(erasedThrough.get(kind) ?? 0)),
    saveErasedThrough: (position, kind) => () =>
      unlessClosed(() => {
        erasedThrough.set(kind, position)
        return right(undefined)
      }),
    close: async () => {
      isClosed = true
      subscriptions.end()
    },
  }
}
