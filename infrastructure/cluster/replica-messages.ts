import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { isKeyStream } from '../../domain/kernel/streams.ts'
import type { EventRow } from '../event-store/sqlite/reader/event-rows.ts'

/**
 * What goes to the thread that keeps a node's file: the columns of many events in one flat array, because that is what is copied fastest. They are
 * all that there is after position `after` and up to `through`; `isLive`: all that was there when the reading began. `wipe` starts again from nothing.
 */
export type Batch = { readonly columns: EventRow[number][]; readonly after: number; through: number; isLive: boolean }
export type Message = Batch | 'wipe'

/**
 * - `gap`: what came does not follow on what is there.
 * - `projection`: an event that a read model cannot take.
 * - `file`: the file cannot be written.
 */
export type ReplicaWriteFailure = { readonly type: 'gap' | 'projection' | 'file'; readonly detail: string }
export type Reply = { readonly failure: ReplicaWriteFailure | null }

export const columnsOfRow = 11

export function emptyBatch(after: number, isLive: boolean): Batch {
  return { columns: [], after, through: after, isLive }
}

/** Key streams are read past: a copy of a key would outlive the person's erasure. */
export function addTo(batch: Batch, event: RecordedEvent) {
  batch.through = event.position
  if (isKeyStream(event.stream)) return
  const { position, stream, revision, eventId, type, version, data, metadata, recordedAt } = event
  const { actor, correlationId, causationId } = metadata
  const json = JSON.stringify(data)
  batch.columns.push(position, stream, revision, eventId, type, version, json, actor, correlationId, causationId, recordedAt)
}
