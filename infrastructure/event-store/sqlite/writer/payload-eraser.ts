import type Database from 'better-sqlite3'
import type { ErasureKind } from '../../../../application/ports/event-store.ts'
import { erasedForm, isErased, isSummary } from '../../erase-payload.ts'
import { parseData, UnreadableRow } from '../reader/event-rows.ts'
import { type Command, outcomes } from './wire.ts'

type Erasure = Extract<Command, { type: 'erase' }>
type Row = [position: number, revision: number, type: string, version: number, json: string, recordedAt: string]

/** `revision`: where to go on. */
export type Erased = { readonly outcome: number; readonly revision: number; readonly positions: readonly number[] }

const rowsPerTransaction = 256

export function payloadEraser(db: Database.Database) {
  const typeAt = db.prepare<[string, number], string>('SELECT type FROM event WHERE stream = ? AND revision = ?').pluck()
  const rowsOf = db
    .prepare<[string, number, number], Row>(
      `SELECT position, revision, type, version, data, recorded_at FROM event
       WHERE stream = CAST(? AS TEXT) AND revision >= CAST(? AS INTEGER) AND revision < CAST(? AS INTEGER)
       ORDER BY revision LIMIT ${rowsPerTransaction}`,
    )
    .raw()
  const replace = db.prepare('UPDATE event SET type = ?, version = ?, data = ? WHERE position = ?')

  const erase = (stream: string, [position, revision, type, version, json]: Row) => {
    const form = erasedForm({ type, version, json }, parseData(json, stream, revision, position))
    if (form === null) throw new UnreadableRow(`${type}@${version} cannot be read: ${stream} revision ${revision}`, {})
    replace.run(form.type, form.version, JSON.stringify(form.data), position)
    return position
  }

  return ({ stream, from, summary, recordedBefore, types }: Erasure): Erased => {
    const type = typeAt.get(stream, summary)
    if (type === undefined || !isSummary({ type })) return { outcome: outcomes.conflict, revision: 0, positions: [] }
    const rows = rowsOf.all(stream, from, summary)
    const due = rows.filter(([, , , , , recordedAt]) => recordedAt < recordedBefore)
    const isOver = due.length < rowsPerTransaction
    const next = (due.at(-1)?.[1] ?? summary) + 1
    const positions = due.filter(([, , type]) => !isErased({ type }) && (types?.includes(type) ?? true)).map((row) => erase(stream, row))
    return { outcome: outcomes.erased, revision: isOver ? summary : next, positions }
  }
}

/** The position up to which old payloads are gone. */
export function erasureCheckpoint(db: Database.Database) {
  db.exec('CREATE TABLE IF NOT EXISTS erased_through (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL) STRICT')
  db.exec('CREATE TABLE IF NOT EXISTS erased_kinds (kind TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT')
  const put = db.prepare('INSERT OR REPLACE INTO erased_through VALUES (1, ?)')
  const putKind = db.prepare('INSERT OR REPLACE INTO erased_kinds VALUES (?, ?)')
  return (position: number, kind: ErasureKind) => {
    if (kind === 'unknown_names') put.run(position)
    else putKind.run(kind, position)
    return { outcome: outcomes.saved, revision: 0, position: 0 }
  }
}
