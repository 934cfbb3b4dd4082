import type { RecordedEvent, StoreFailure } from '../../../../application/ports/event-store.ts'

export const eventColumns = 'position, stream, revision, event_id, type, version, data, actor, correlation_id, causation_id, recorded_at'

/** In the order of `eventColumns`; `json` is the data. */
export type EventRow = [
  position: number,
  stream: string,
  revision: number,
  eventId: string,
  type: string,
  version: number,
  json: string,
  actor: string,
  correlationId: string,
  causationId: string | null,
  recordedAt: string,
]

/** Says where, and nothing of the data. */
export class UnreadableRow extends Error {
  readonly failure: Extract<StoreFailure, { type: 'corrupt' }>

  constructor(detail: string, options: ErrorOptions) {
    super(detail, options)
    this.failure = { type: 'corrupt', detail }
  }
}

export function parseData(json: string, stream: string, revision: number, position: number): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new UnreadableRow(`the event at position ${position} (revision ${revision} of ${stream}) is damaged: its data is not JSON`, {
      cause: error,
    })
  }
}

export function eventOfRow(row: EventRow): RecordedEvent {
  const [position, stream, revision, eventId, type, version, json, actor, correlationId, causationId, recordedAt] = row
  const metadata = { actor, correlationId, causationId }
  return { eventId, type, version, data: parseData(json, stream, revision, position), metadata, stream, revision, position, recordedAt }
}
