import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import type { WireEvent } from './client.ts'

/** What stands in the log is not an event of Gatebook's. Names its place, never its content. */
export class NotOurEvent extends Error {}

const safe = (value: bigint | undefined, event: WireEvent) => {
  const number = Number(value ?? -1n)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new NotOurEvent(`an event of ${event.streamId} has no position or revision that can be used (a server of 22.6 or newer is needed)`)
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** `$correlationId` and `$causationId` are the server's names, which its own tools follow. */
export function metadataOfWire(version: number, { actor, correlationId, causationId }: RecordedEvent['metadata']) {
  return {
    version,
    actor,
    $correlationId: correlationId,
    ...(causationId === null ? {} : { $causationId: causationId }),
  }
}

export function eventOfWire(event: WireEvent): RecordedEvent {
  const revision = safe(event.revision, event)
  const metadata = isObject(event.metadata) ? event.metadata : {}
  const { version, actor, $correlationId: correlationId, $causationId: causationId = null } = metadata
  const isOurs =
    Number.isSafeInteger(version) &&
    typeof actor === 'string' &&
    typeof correlationId === 'string' &&
    (causationId === null || typeof causationId === 'string')
  if (!isOurs) throw new NotOurEvent(`event ${revision} of ${event.streamId} was not written by Gatebook`)
  return {
    eventId: event.id,
    type: event.type,
    version: Number(version),
    data: event.data,
    metadata: { actor, correlationId, causationId },
    stream: event.streamId,
    revision,
    position: safe(event.position?.commit, event),
    recordedAt: event.created.toISOString(),
  }
}

/** The server's own events stand in `$all` too: metadata, tombstones, statistics. */
const isSystemEvent = ({ streamId, type }: WireEvent) => streamId.startsWith('$') || type.startsWith('$')

/** What Gatebook wrote of a part of `$all`, events of key streams that are not in the log any more among it. */
export function gatebooks(events: readonly WireEvent[]): readonly RecordedEvent[] {
  return events.filter((event) => !isSystemEvent(event)).map(eventOfWire)
}
