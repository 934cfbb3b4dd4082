import type { RecordedEvent, StoreFailure } from '../../../../application/ports/event-store.ts'

export const eventColumns = 'position, stream, revision, event_id, type, version, data, actor, correlation_id, causation_id, recorded_at'

/** Columns in the order of `eventColumns`. */
export type EventRow = [number, string, number, string, string, number, string, string, string, string | null, string]

/** Thrown for a row whose data is not JSON; says where, never what. */
export class UnreadableRow extends Error {
  readonly failure: StoreFailure

  constructor(detail: string, options: ErrorOptions) {
    super(detail, options)
    this.failure = { type: 'corrupt', detail }
  }
}

const parse = (json: string, stream: string, revision: number): unknown => {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new UnreadableRow(`the data of ${stream} at revision ${revision} is not JSON`, { cause: error })
  }
}

export function eventOfRow(row: EventRow): RecordedEvent {
  const [position, stream, revision, eventId, type, version, json, actor, correlationId, causationId, recordedAt] = row
  const metadata = { actor, correlationId, causationId }
  return { eventId, type, version, data: parse(json, stream, revision), metadata, stream, revision, position, recordedAt }
}
