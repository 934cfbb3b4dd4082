import type Database from 'better-sqlite3'
import { isKeyStream } from '../../../../domain/kernel/streams.ts'
import { codeOf } from '../sqlite-error.ts'
import { type Command, outcomes } from './wire.ts'

type Append = Extract<Command, { type: 'append' }>
type Result = { readonly outcome: number; readonly revision: number; readonly position: number }

const refused = (outcome: number): Result => ({ outcome, revision: 0, position: 0 })

export function recorder(db: Database.Database) {
  // CAST: with a bare parameter in a range SQLite plans the statement again on each bind (STAT4).
  const lastRevision = db.prepare('SELECT revision FROM event WHERE stream = CAST(? AS TEXT) ORDER BY revision DESC LIMIT 1').pluck()
  const insert = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const recordedBefore = db
    .prepare('SELECT event_id, position FROM event WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?')
    .raw()
  const takeBack = db.prepare('DELETE FROM event WHERE position > ? AND position <= ?')
  const dropOlder = db.prepare('DELETE FROM event WHERE stream = ? AND revision < ?')
  const isDeleted = db.prepare('SELECT 1 FROM tombstone WHERE stream = ?').pluck()
  const remove = db.prepare('DELETE FROM event WHERE stream = ?')
  const bury = db.prepare('INSERT INTO tombstone VALUES (?, ?)')

  const repeated = ({ stream, expected, events }: Append): Result => {
    const rows = recordedBefore.all(stream, expected, events.length) as [string, number][]
    const same = rows.length === events.length && events.every((event, index) => rows[index]?.[0] === event.eventId)
    return same
      ? { outcome: outcomes.repeated, revision: expected + rows.length, position: rows.at(-1)?.[1] ?? 0 }
      : refused(outcomes.conflict)
  }

  const append = (command: Append, recordedAt: string, head: number): Result => {
    const { stream, expected, events } = command
    const ofKey = isKeyStream(stream)
    if (ofKey && isDeleted.get(stream) !== undefined) return refused(outcomes.streamDeleted)
    if (((lastRevision.get(stream) as number | undefined) ?? -1) !== expected) return repeated(command)
    let revision = expected
    let position = head
    try {
      for (const { eventId, type, version, json, actor, correlationId, causationId, sessionId } of events) {
        const [at, next] = [position + 1, revision + 1]
        insert.run(at, stream, next, eventId, type, version, json, actor, correlationId, causationId, recordedAt, sessionId)
        position++
        revision++
      }
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error
      takeBack.run(head, position)
      return refused(outcomes.conflict)
    }
    if (ofKey) dropOlder.run(stream, revision)
    return { outcome: outcomes.recorded, revision, position }
  }

  /** A stream without events gets a tombstone too, so that its name cannot be used later. */
  const deleteStream = (stream: string, head: number): Result => {
    if (isDeleted.get(stream) !== undefined) return refused(outcomes.deleted)
    remove.run(stream)
    bury.run(head + 1, stream)
    return { outcome: outcomes.deleted, revision: 0, position: head + 1 }
  }

  return { append, deleteStream }
}
