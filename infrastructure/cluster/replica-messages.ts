import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { isKeyStream } from '../../domain/kernel/streams.ts'
import type { EventRow } from '../event-store/sqlite/reader/event-rows.ts'

/** All events after position `after` up to `through`, flat because that is the fastest to copy. `isLive`: the replica has caught up. */
export type Batch = { readonly columns: EventRow[number][]; readonly after: number; through: number; isLive: boolean }
export type Message = Batch | 'wipe'

/** `gap`: the events do not follow those in the replica. `projection`: a read model failed. `file`: the file cannot be written. */
export type ReplicaWriteFailure = { readonly type: 'gap' | 'projection' | 'file'; readonly detail: string }
export type Reply = { readonly failure: ReplicaWriteFailure | null }

export const columnsOfRow = 12

export function emptyBatch(after: number, isLive: boolean): Batch {
  return { columns: [], after, through: after, isLive }
}

/** Key streams are skipped: a copy of a key would outlive the erasure of its person. */
export function addTo(batch: Batch, event: RecordedEvent) {
  batch.through = event.position
  if (isKeyStream(event.stream)) return
  const { position, stream, revision, eventId, type, version, data, metadata, recordedAt } = event
  const { actor, correlationId, causationId, sessionId = null } = metadata
  const json = JSON.stringify(data)
  batch.columns.push(position, stream, revision, eventId, type, version, json, actor, correlationId, causationId, recordedAt, sessionId)
}
