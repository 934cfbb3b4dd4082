import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../domain/kernel/streams.ts'

/** All that a decision or a read model can depend on, in the very order of the JSON. */
const essence = ({ stream, revision, eventId, type, version, data, metadata }: RecordedEvent) =>
  JSON.stringify([
    stream,
    // A key stream begins anew with its newest event.
    isKeyStream(stream) ? 'newest' : revision,
    eventId,
    type,
    version,
    data,
    metadata.actor,
    metadata.correlationId,
    metadata.causationId,
  ])

/** The same event in another log: the position and the time of recording are that log's own. */
export function isSameEvent(copy: RecordedEvent, original: RecordedEvent | undefined) {
  return original !== undefined && essence(copy) === essence(original)
}
