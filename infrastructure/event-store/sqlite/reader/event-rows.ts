import type { Metadata, RecordedEvent, StoreFailure } from '../../../../application/ports/event-store.ts'

export const eventColumns =
  'position, stream, revision, event_id, type, version, data, actor, correlation_id, causation_id, recorded_at, session_id'

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
  sessionId: string | null,
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

export type MetadataColumns = {
  readonly actor: string
  readonly correlationId: string
  readonly causationId: string | null
  readonly sessionId: string | null
}

export function metadataOfColumns({ sessionId, ...metadata }: MetadataColumns): Metadata {
  return sessionId === null ? metadata : { ...metadata, sessionId }
}

export function eventOfRow(row: EventRow): RecordedEvent {
  const [position, stream, revision, eventId, type, version, json, actor, correlationId, causationId, recordedAt, sessionId] = row
  const metadata = metadataOfColumns({ actor, correlationId, causationId, sessionId })
  return { eventId, type, version, data: parseData(json, stream, revision, position), metadata, stream, revision, position, recordedAt }
}
