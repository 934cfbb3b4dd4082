import { originalGrant } from '../../../erase-grant.ts'
import { erasedOriginal } from '../../../erase-payload.ts'
import type { EventRow } from '../../reader/event-rows.ts'
import { hashing, sha256Of } from './hashing.ts'

/** The second has the session behind the fields of the first. Events without a session keep the first, and with it the leaf that they had before. */
const formats = { withoutSession: 'gatebook/event/1', withSession: 'gatebook/event/2' }
const bytesOfLength = 4

/** Each field as UTF-8 behind its length, so that no two rows have the same entry. */
const joined = (fields: readonly string[]) => {
  const lengths = fields.map((field) => Buffer.byteLength(field))
  const entry = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + bytesOfLength + length, 0))
  let at = 0
  for (const [index, field] of fields.entries()) {
    at = entry.writeUInt32BE(lengths[index] ?? 0, at)
    at += entry.write(field, at)
  }
  return entry
}

/** What the tree of ADR 0061 hashes of an event. An erased payload has the entry that its original had. */
function eventEntry(row: EventRow): Buffer {
  const [position, stream, revision, eventId, type, version, json, actor, correlationId, causationId, recordedAt, sessionId] = row
  const original = erasedOriginal({ stream, type, version, json }) ??
    originalGrant({ stream, type, json }) ?? { type, version, sha256: sha256Of(json) }
  return joined([
    sessionId === null ? formats.withoutSession : formats.withSession,
    String(position),
    stream,
    String(revision),
    eventId,
    original.type,
    String(original.version),
    recordedAt,
    actor,
    correlationId,
    JSON.stringify(causationId),
    original.sha256,
    ...(sessionId === null ? [] : [sessionId]),
  ])
}

export function leafOf(row: EventRow): Uint8Array {
  return hashing.leaf(eventEntry(row))
}
