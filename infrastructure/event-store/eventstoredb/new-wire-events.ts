import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { ExpectedRevision, NewEvent, StoreFailure } from '../../../application/ports/event-store.ts'
import { encodeEvents } from '../encode-events.ts'
import type { WireNewEvent } from './client.ts'
import { metadataOfWire } from './recorded-event.ts'

/** Bytes: the server takes no larger append. */
const largestAppend = 1_048_576

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const refuse = (detail: string) => left({ type: 'unavailable', detail } as const)

/**
 * Checked before the client sees it, which answers a wrong id or data that is not JSON by never settling, or by an exception that
 * nobody can catch. The data is copied: the client turns it into JSON after a wait.
 */
export function newWireEvents(
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Either<StoreFailure, readonly WireNewEvent[]> {
  const jsons = encodeEvents(stream, expected, events)
  if (jsons._tag === 'Left') return jsons
  if (stream.startsWith('$')) return refuse('a stream that starts with $ is the server’s')
  if (events.some(({ type }) => type.startsWith('$') || !type.isWellFormed())) return refuse('an event has a type that cannot be recorded')
  if (!events.every(({ eventId }) => uuid.test(eventId))) return refuse('an event id is a UUID in lower case')
  if (new Set(events.map(({ eventId }) => eventId)).size < events.length) return left({ type: 'conflict', stream })
  const wire = events.map(({ eventId, type, version, metadata }, index) => {
    const data = JSON.parse(jsons.right[index] ?? '') as WireNewEvent['data']
    return { id: eventId, type, data, metadata: metadataOfWire(version, metadata) }
  })
  const bytes = wire.reduce((sum, event, index) => sum + sizeOf(jsons.right[index] ?? '', event), 0)
  return bytes > largestAppend ? refuse('an append is larger than the server takes') : right(wire)
}

const sizeOf = (json: string, { type, metadata }: WireNewEvent) =>
  Buffer.byteLength(json) + Buffer.byteLength(type) + Buffer.byteLength(JSON.stringify(metadata))
