import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../domain/kernel/streams.ts'

/** Everything that a decision or a read model can depend on. */
const essence = ({ stream, revision, eventId, type, version, data, metadata }: RecordedEvent) =>
  JSON.stringify([
    stream,
    // The revisions of a key stream start over in a copy.
    isKeyStream(stream) ? 'newest' : revision,
    eventId,
    type,
    version,
    data,
    metadata.actor,
    metadata.correlationId,
    metadata.causationId,
    metadata.sessionId ?? null,
  ])

/** Position and recording time differ between logs. */
export function isSameEvent(copy: RecordedEvent, original: RecordedEvent | undefined) {
  return original !== undefined && essence(copy) === essence(original)
}
