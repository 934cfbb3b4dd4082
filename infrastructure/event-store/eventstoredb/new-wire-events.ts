import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { ExpectedRevision, NewEvent, StoreFailure } from '../../../application/ports/event-store.ts'
import { encodeEvents } from '../encode-events.ts'
import { metadataOfWire } from './recorded-event.ts'
import type { WireNewEvent } from './wire.ts'

/** Bytes that the server accepts. */
const largestAppend = 1_048_576

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const isReserved = (name: string) => name.startsWith('$') || !name.isWellFormed()

const sizeOf = (json: string, { type, metadata }: WireNewEvent) =>
  Buffer.byteLength(json) + Buffer.byteLength(type) + Buffer.byteLength(JSON.stringify(metadata))

/** The client never settles, or throws where nobody can catch it, for a bad id or data that is not JSON. It encodes late, so the data is copied. */
export function newWireEvents(
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Either<StoreFailure, readonly WireNewEvent[]> {
  const jsons = encodeEvents(stream, expected, events)
  if (isReserved(stream) || events.some(({ type }) => isReserved(type)))
    throw new TypeError('A stream or an event type has a reserved name')
  if (!events.every(({ eventId }) => uuid.test(eventId))) throw new TypeError('An event id is a UUID in lower case')
  if (new Set(events.map(({ eventId }) => eventId)).size < events.length) return left({ type: 'conflict', stream })
  const wire = events.map(({ eventId, type, version, metadata }, index) => {
    const data = JSON.parse(jsons[index] ?? '') as WireNewEvent['data']
    return { id: eventId, type, data, metadata: metadataOfWire(version, metadata) }
  })
  const bytes = wire.reduce((sum, event, index) => sum + sizeOf(jsons[index] ?? '', event), 0)
  return bytes > largestAppend ? left({ type: 'unavailable', detail: 'an append is larger than the server takes' }) : right(wire)
}
