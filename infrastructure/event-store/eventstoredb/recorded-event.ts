import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import type { WireEvent } from './wire.ts'

/** Names the place of the event, never its content. */
export class ForeignEvent extends Error {}

const safe = (value: bigint | undefined, event: WireEvent) => {
  const number = Number(value ?? -1n)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new ForeignEvent(`an event of ${event.streamId} has no position or revision that can be used (a server of 22.6 or newer is needed)`)
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The `$` names are the server's own, which its tools follow. */
export function metadataOfWire(version: number, { actor, correlationId, causationId, sessionId }: RecordedEvent['metadata']) {
  return {
    version,
    actor,
    $correlationId: correlationId,
    ...(causationId === null ? {} : { $causationId: causationId }),
    ...(sessionId === undefined ? {} : { sessionId }),
  }
}

export function eventOfWire(event: WireEvent): RecordedEvent {
  const revision = safe(event.revision, event)
  const metadata = isObject(event.metadata) ? event.metadata : {}
  const { version, actor, $correlationId: correlationId, $causationId: causationId = null, sessionId } = metadata
  const isOurs =
    Number.isSafeInteger(version) &&
    typeof actor === 'string' &&
    typeof correlationId === 'string' &&
    (causationId === null || typeof causationId === 'string') &&
    (sessionId === undefined || typeof sessionId === 'string')
  if (!isOurs) throw new ForeignEvent(`event ${revision} of ${event.streamId} was not written by Gatebook`)
  return {
    eventId: event.id,
    type: event.type,
    version: Number(version),
    data: event.data,
    metadata: { actor, correlationId, causationId, ...(sessionId === undefined ? {} : { sessionId }) },
    stream: event.streamId,
    revision,
    position: safe(event.position?.commit, event),
    recordedAt: event.created.toISOString(),
  }
}

const isSystemEvent = ({ streamId, type }: WireEvent) => streamId.startsWith('$') || type.startsWith('$')

export function ownEvents(events: readonly WireEvent[]): readonly RecordedEvent[] {
  return events.filter((event) => !isSystemEvent(event)).map(eventOfWire)
}
