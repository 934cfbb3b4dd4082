import type Database from 'better-sqlite3'
import { erasedGrant, isGrant } from '../../erase-grant.ts'
import { parseData, UnreadableRow } from '../reader/event-rows.ts'
import type { Erased } from './payload-eraser.ts'
import { type Command, outcomes } from './wire.ts'

type Erasure = Extract<Command, { type: 'erase_grant' }>
type Row = [position: number, type: string, version: number, json: string, recordedAt: string]

/** The grant is the first event of its stream. */
export function grantEraser(db: Database.Database) {
  const first = db
    .prepare<[string], Row>('SELECT position, type, version, data, recorded_at FROM event WHERE stream = CAST(? AS TEXT) AND revision = 0')
    .raw()
  const replace = db.prepare('UPDATE event SET type = ?, version = ?, data = ? WHERE position = ?')
  const done = (...positions: number[]): Erased => ({ outcome: outcomes.erased, revision: 0, positions })

  return ({ stream, recordedBefore, expiredBy }: Erasure): Erased => {
    const row = first.get(stream)
    if (row === undefined) return done()
    const [position, type, version, json, recordedAt] = row
    if (!isGrant({ type }) || recordedAt >= recordedBefore) return done()
    const form = erasedGrant({ type, version, json }, parseData(json, stream, 0, position), expiredBy)
    if (form === 'not_expired') return done()
    if (form === null) throw new UnreadableRow(`${type}@${version} cannot be read: ${stream} revision 0`, {})
    replace.run(form.type, form.version, JSON.stringify(form.data), position)
    return done(position)
  }
}
