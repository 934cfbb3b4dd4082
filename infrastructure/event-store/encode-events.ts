import type { ExpectedRevision, NewEvent } from '../../application/ports/event-store.ts'
import { isKeyStream } from '../../domain/kernel/streams.ts'

const isText = (value: unknown) => typeof value === 'string' && value !== ''

const isComplete = ({ eventId, type, version, metadata }: NewEvent) =>
  [eventId, type, metadata.actor, metadata.correlationId].every(isText) &&
  Number.isSafeInteger(version) &&
  (metadata.causationId === null || typeof metadata.causationId === 'string') &&
  (metadata.sessionId === undefined || isText(metadata.sessionId))

const isRevision = (expected: ExpectedRevision) => expected === 'no_stream' || (Number.isSafeInteger(expected) && expected >= 0)

/** The error of `JSON.stringify` is dropped because it may repeat the data. */
const jsonOf = ({ data }: NewEvent) => {
  let json: string | undefined
  try {
    json = JSON.stringify(data)
  } catch {}
  if (json === undefined) throw new TypeError('The data of an event must be JSON')
  return json
}

/** The data of each event as JSON. Throws a `TypeError` for a mistake of the caller, before anything is queued. */
export function encodeEvents(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): readonly string[] {
  if (events.length === 0) throw new TypeError('An append needs at least one event')
  if (stream === '' || !stream.isWellFormed()) throw new TypeError('A stream needs a name in well-formed Unicode')
  if (!isRevision(expected)) throw new TypeError('A revision is a whole number from 0')
  if (!events.every(isComplete)) throw new TypeError('An event needs an id, a type, a whole version and metadata')
  return events.map(jsonOf)
}

export function requireKeyStream(stream: string) {
  if (!isKeyStream(stream)) throw new TypeError('Only key streams can be deleted')
}
