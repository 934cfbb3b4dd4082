import type Database from 'better-sqlite3'
import type { RecordedEvent } from '../../../../application/ports/event-store.ts'
import { metadataOfColumns, UnreadableRow } from '../reader/event-rows.ts'
import { codeOf, sqliteFailure } from '../sqlite-error.ts'
import { grantEraser } from './grant-eraser.ts'
import { erasureCheckpoint, payloadEraser } from './payload-eraser.ts'
import { recorder } from './record-stream.ts'
import { type Answer, type Command, type Group, outcomes, readGroup } from './wire.ts'

export type ErasedPlace = { readonly position: number; readonly stream: string }

/** An error rolls the group back. */
export type Projector = {
  readonly apply: (events: readonly RecordedEvent[]) => void
  /** The payloads at these places, which it has seen, are gone. */
  readonly erase: (places: readonly ErasedPlace[]) => void
}

class ProjectionFailed extends Error {}

const recordedEvents = (command: Extract<Command, { type: 'append' }>, position: number, recordedAt: string): RecordedEvent[] =>
  command.events.map(({ eventId, type, version, json, actor, correlationId, causationId, sessionId }, index) => ({
    eventId,
    type,
    version,
    data: JSON.parse(json),
    metadata: metadataOfColumns({ actor, correlationId, causationId, sessionId }),
    stream: command.stream,
    revision: command.expected + 1 + index,
    position: position - command.events.length + 1 + index,
    recordedAt,
  }))

/** Each command in the group succeeds or is refused on its own. */
export function groupCommitter(db: Database.Database, projector: Projector | null) {
  const { append, deleteStream } = recorder(db)
  const erasePayloads = payloadEraser(db)
  const eraseGrant = grantEraser(db)
  const saveErasedThrough = erasureCheckpoint(db)
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  let head = Number(
    db.prepare('SELECT max((SELECT ifnull(max(position), 0) FROM event), (SELECT ifnull(max(position), 0) FROM tombstone))').pluck().get(),
  )
  let uncleared = true

  /** New pages and a commit: what an append needs of the disk. */
  const takeRoom = () => {
    db.exec('CREATE TABLE IF NOT EXISTS probe (room BLOB) STRICT; INSERT INTO probe VALUES (zeroblob(65536))')
    return { outcome: outcomes.probed, revision: 0, position: 0 }
  }
  const giveRoomBack = () => {
    try {
      db.exec('DROP TABLE probe')
    } catch {}
  }

  const project = (events: readonly RecordedEvent[], erased: readonly ErasedPlace[]) => {
    try {
      if (events.length > 0) projector?.apply(events)
      if (erased.length > 0) projector?.erase(erased)
    } catch (error) {
      if (codeOf(error).startsWith('SQLITE_')) throw error
      throw new ProjectionFailed(error instanceof Error ? error.message : 'unknown', { cause: error })
    }
  }

  const resultOf = (command: Command, recordedAt: string, position: number, erased: ErasedPlace[]) => {
    switch (command.type) {
      case 'append':
        return append(command, recordedAt, position)
      case 'delete':
        return deleteStream(command.stream, position)
      case 'probe':
        return takeRoom()
      case 'save':
        return saveErasedThrough(command.position, command.kind)
      case 'erase':
      case 'erase_grant': {
        const { positions, ...result } = command.type === 'erase' ? erasePayloads(command) : eraseGrant(command)
        erased.push(...positions.map((position) => ({ position, stream: command.stream })))
        return { ...result, position: 0 }
      }
    }
  }

  const record = (group: Group) => {
    const { recordedAt, commands } = readGroup(group)
    const answer: number[] = []
    const events: RecordedEvent[] = []
    const erased: ErasedPlace[] = []
    let position = head
    for (const command of commands) {
      const result = resultOf(command, recordedAt, position, erased)
      answer.push(result.outcome, result.revision, result.position)
      if (result.outcome === outcomes.repeated) continue
      position = Math.max(position, result.position)
      if (projector !== null && command.type === 'append' && result.outcome === outcomes.recorded) {
        events.push(...recordedEvents(command, position, recordedAt))
      }
    }
    project(events, erased)
    return { answer, position }
  }

  // The transaction is committed by now, so an error here must not fail the group.
  const checkpointed = () => {
    try {
      const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }]
      return result.busy === 0
    } catch {
      return false
    }
  }

  /** While a reader in another process keeps deleted bytes in the write-ahead log, `uncleared` stays true. */
  const clear = (answer: number[]) => {
    const outcomesOf = answer.filter((_, index) => index % 3 === 0)
    const isSaved = outcomesOf.includes(outcomes.saved)
    if (!outcomesOf.includes(outcomes.deleted) && !isSaved) return answer
    const fresh = answer.some((value, index) => index % 3 === 2 && value > 0 && answer[index - 2] === outcomes.deleted)
    if (!fresh && !isSaved && !uncleared) return answer
    uncleared = !checkpointed()
    const owed: readonly number[] = uncleared ? [outcomes.deleted, outcomes.saved] : []
    return answer.map((value, index) => (index % 3 === 0 && owed.includes(value) ? outcomes.notCleared : value))
  }

  return (group: Group): Answer => {
    try {
      begin.run()
      const { answer, position } = record(group)
      commit.run()
      head = position
      if (answer.some((value, index) => index % 3 === 0 && value === outcomes.probed)) giveRoomBack()
      return clear(answer)
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK')
      if (error instanceof UnreadableRow) return error.failure
      return error instanceof ProjectionFailed
        ? { type: 'unavailable', detail: `a projection failed: ${error.message}` }
        : sqliteFailure(error)
    }
  }
}
