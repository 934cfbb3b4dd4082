import type { Database } from 'better-sqlite3'
import { restorationsStream } from '../../../../../domain/kernel/streams.ts'
import { type EventRow, eventColumns } from '../../reader/event-rows.ts'
import { leafOf } from './event-entry.ts'
import { inTree } from './in-tree.ts'

const bytesOfId = 8

/** A restored or copied log contradicts the one that it came from, so each has an id: of the event that began it. Undefined for an empty log. */
export function logId(log: Database): string | undefined {
  const restored = log
    .prepare<[string], EventRow>(`SELECT ${eventColumns} FROM event WHERE stream = ? ORDER BY revision DESC LIMIT 1`)
    .raw()
    .get(restorationsStream)
  const first =
    restored ?? log.prepare<[], EventRow>(`SELECT ${eventColumns} FROM event WHERE ${inTree} ORDER BY position LIMIT 1`).raw().get()
  return first === undefined ? undefined : Buffer.from(leafOf(first).subarray(0, bytesOfId)).toString('hex')
}

/** The origin of its checkpoints, and the name of the key that signs them. */
export function logOrigin(host: string, id: string): string {
  return `${host}/log/${id}`
}
