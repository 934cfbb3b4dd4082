import Database from 'better-sqlite3'
import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import type { DomainEvent } from '../../../domain/catalogue.ts'
import { catalogue } from '../../../domain/catalogue.ts'
import { eventReader, type StoredEvent } from '../../../domain/kernel/reader.ts'
import { erasedGrant, isGrant } from '../../../infrastructure/event-store/erase-grant.ts'
import { erasedForm } from '../../../infrastructure/event-store/erase-payload.ts'
import { schema } from '../../../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { openProjector } from '../../../projections/engine/projector.ts'
import type { ReadModel } from '../../../projections/engine/read-model.ts'

const { encode } = eventReader(Object.values(catalogue).flat())

export type Line = {
  readonly stream: string
  readonly event: DomainEvent | StoredEvent
  readonly actor?: string
  readonly sessionId?: string
  readonly correlationId?: string
}

const isStored = (event: DomainEvent | StoredEvent): event is StoredEvent =>
  !Object.values(catalogue)
    .flat()
    .some(({ codec }) => codec.is(event))

/** The event as the log records it. */
export const storedForm = (event: DomainEvent | StoredEvent): StoredEvent => (isStored(event) ? event : encode(event))

/** The log's tables and the read models in one database, in memory by default, written as the writer does but without its thread. */
export const embeddedLog = ({ file = ':memory:', models }: { readonly file?: string; readonly models?: readonly ReadModel[] } = {}) => {
  const db = new Database(file)
  db.exec(schema)
  const insert = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const lastRevision = db.prepare<[string], number>('SELECT ifnull(max(revision), -1) FROM event WHERE stream = ?').pluck()
  const head = db.prepare<[], number>('SELECT ifnull(max(position), 0) FROM event').pluck()
  let projector: ReturnType<typeof openProjector> | undefined

  const insertLine = ({ stream, event, actor = 'anonymous', sessionId, correlationId = 'correlation' }: Line): RecordedEvent => {
    const { type, version, data } = storedForm(event)
    const position = (head.get() ?? 0) + 1
    const revision = (lastRevision.get(stream) ?? -1) + 1
    const recordedAt = '2026-06-01T12:00:00.000Z'
    const eventId = `event-${position}`
    const by = [actor, correlationId, null, recordedAt, sessionId ?? null]
    insert.run(position, stream, revision, eventId, type, version, JSON.stringify(data), ...by)
    const metadata = { actor, correlationId, causationId: null, ...(sessionId === undefined ? {} : { sessionId }) }
    return { eventId, type, version, data: JSON.parse(JSON.stringify(data)), metadata, stream, revision, position, recordedAt }
  }

  /** Appends one group in one transaction with the read models. */
  const commit = db.transaction((lines: readonly Line[]) => {
    projector ??= openProjector(db, localLog(db), models && { models })
    const events = lines.map(insertLine)
    projector.apply(events)
    return events
  })
  /** Appends to the log only, as if there were no read models. */
  const recordOnly = db.transaction((lines: readonly Line[]) => lines.map(insertLine))
  /** Erases payloads of login events and grants of sessions as the writer does, but not that of the newest summary. */
  const erase = db.transaction((positions: readonly number[]) => {
    const rowAt = db.prepare<[number], { type: string; version: number; json: string }>(
      `SELECT type, version, data AS json FROM event e WHERE position = ? AND (type = 'SessionGranted' OR stream LIKE 'login-%' AND (type <> 'LoginSummarized'
       OR EXISTS (SELECT 1 FROM event s WHERE s.stream = e.stream AND s.revision > e.revision AND s.type = 'LoginSummarized')))`,
    )
    const replace = db.prepare('UPDATE event SET type = ?, version = ?, data = ? WHERE position = ?')
    const erased = positions.filter((position) => {
      const row = rowAt.get(position)
      const form = row && (isGrant(row) ? erasedGrant(row, JSON.parse(row.json), '9999') : erasedForm(row, JSON.parse(row.json)))
      return form && typeof form === 'object' && replace.run(form.type, form.version, JSON.stringify(form.data), position)
    })
    const streamAt = db.prepare<[number], string>('SELECT stream FROM event WHERE position = ?').pluck()
    projector?.erase(erased.map((position) => ({ position, stream: streamAt.get(position) ?? '' })))
  })
  projector = openProjector(db, localLog(db), models && { models })
  return { db, commit: (...lines: Line[]) => commit(lines), recordOnly: (...lines: Line[]) => recordOnly(lines), erase }
}
