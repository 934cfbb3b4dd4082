import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { ExpectedRevision, NewEvent, StoreFailure } from '../../application/ports/event-store.ts'

const refuse = (detail: string) => left({ type: 'unavailable', detail } as const)

const isText = (value: unknown) => typeof value === 'string' && value !== ''

const isWellMade = ({ eventId, type, version, metadata }: NewEvent) =>
  [eventId, type, metadata.actor, metadata.correlationId].every(isText) &&
  Number.isSafeInteger(version) &&
  (metadata.causationId === null || typeof metadata.causationId === 'string')

/**
 * The data of each event as JSON, or a failure for what no caller should ask: an empty list, a revision that cannot be, data
 * that is not JSON. Checked before anything is queued, so that a wrong append disturbs no other one.
 */
export function encodeEvents(
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Either<StoreFailure, readonly string[]> {
  if (events.length === 0) return refuse('an append needs at least one event')
  if (stream === '' || !stream.isWellFormed()) return refuse('a stream needs a name in well-formed Unicode')
  if (expected !== 'no_stream' && !(Number.isSafeInteger(expected) && expected >= 0)) return refuse('a revision is a whole number from 0')
  if (!events.every(isWellMade)) return refuse('an event needs an id, a type, a whole version and metadata')
  try {
    const encoded = events.map((event) => JSON.stringify(event.data) as string | undefined)
    return encoded.every((json) => json !== undefined) ? right(encoded) : refuse('the data of an event is not JSON')
  } catch {
    return refuse('the data of an event is not JSON')
  }
}
