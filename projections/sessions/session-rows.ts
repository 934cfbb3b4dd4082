import type { Database } from 'better-sqlite3'
import { bulkInsert } from '../engine/bulk-insert.ts'
import { idBytes, idText } from '../engine/id-bytes.ts'
import type { Tables } from '../engine/read-model.ts'
import type { UnwrittenSession } from './unwritten-sessions.ts'

/** More than one, so that a burst of grants is caught up with; few, so that no request waits for the sweep. */
const sweptPerGrant = 4

const remembered = 200_000

/** The rows of sessions, and when the next of them is to be swept. A session that has no rows is none: what is done to it does nothing. */
export function sessionRows(db: Database, { sessions, session_devices: devices }: Tables<'sessions' | 'session_devices'>) {
  const rows = bulkInsert(db, sessions, 11)
  const descriptions = bulkInsert(db, devices, 6)
  const extendRow = db.prepare(`UPDATE ${sessions} SET last_seen_at = ?, idle_expires_at = ? WHERE slot = ?`)
  const rotateRow = db.prepare(
    `UPDATE ${sessions} SET slot = ?, hash = ?, last_seen_at = ?, idle_expires_at = ?, elevated_until = NULL WHERE slot = ?`,
  )
  const elevateRow = db.prepare(
    `UPDATE ${sessions} SET slot = ?, hash = ?, elevated_until = ?,
     factors = CASE WHEN instr(' ' || factors || ' ', ' ' || ? || ' ') THEN factors ELSE factors || ' ' || ? END WHERE slot = ?`,
  )
  const removeRow = db.prepare(`DELETE FROM ${sessions} WHERE slot = ?`)
  const find = db.prepare<[Buffer], number>(`SELECT slot FROM ${devices} WHERE id = ?`).pluck()
  const moveDescription = db.prepare(`UPDATE ${devices} SET slot = ? WHERE id = ?`)
  const removeDescription = db.prepare(`DELETE FROM ${devices} WHERE id = ?`)
  const taken = db.prepare<[number], 1>(`SELECT 1 FROM ${sessions} WHERE slot = ?`).pluck()
  const firstDue = db.prepare<[], number | null>(`SELECT min(expires_at) FROM ${devices}`).pluck()
  const due = db
    .prepare<[number], Buffer>(
      `SELECT id FROM ${devices} WHERE expires_at <= CAST(? AS INTEGER) ORDER BY expires_at, id LIMIT ${sweptPerGrant}`,
    )
    .pluck()

  const slots = new Map<string, number>()
  /** When the next one is due to be swept; `undefined`: not known. */
  let nextDue: number | undefined

  const keep = (sessionId: string, slot: number) => {
    if (slots.size >= remembered) slots.clear()
    slots.set(sessionId, slot)
  }
  const slotOf = (sessionId: string) => {
    const known = slots.get(sessionId)
    if (known !== undefined) return known
    const slot = find.get(idBytes(sessionId))
    if (slot !== undefined) keep(sessionId, slot)
    return slot
  }
  const insert = (granted: readonly UnwrittenSession[]) => {
    for (const session of granted) {
      const { sessionId, slot, tokenHash, holder, revision, grantedAt, lastSeenAt, idleExpiresAt, expiresAt, elevatedUntil } = session
      const id = idBytes(sessionId)
      const hash = Buffer.from(tokenHash, 'base64url')
      rows.add(slot, hash, id, holder, revision, grantedAt, lastSeenAt, idleExpiresAt, expiresAt, elevatedUntil, session.factors)
      descriptions.add(id, slot, holder, expiresAt, session.address, session.userAgent)
      keep(sessionId, slot)
    }
    rows.flush()
    descriptions.flush()
    nextDue = undefined
  }
  const extend = (sessionId: string, at: number, idleExpiresAt: number) => {
    const slot = slotOf(sessionId)
    if (slot !== undefined) extendRow.run(at, idleExpiresAt, slot)
  }
  const move = (sessionId: string, slot: number) => {
    moveDescription.run(slot, idBytes(sessionId))
    keep(sessionId, slot)
  }
  const rotate = (sessionId: string, slot: number, hash: Buffer, at: number, idleExpiresAt: number) => {
    rotateRow.run(slot, hash, at, idleExpiresAt, slotOf(sessionId))
    move(sessionId, slot)
  }
  const elevate = (sessionId: string, slot: number, hash: Buffer, until: number, factor: string) => {
    elevateRow.run(slot, hash, until, factor, factor, slotOf(sessionId))
    move(sessionId, slot)
  }
  const remove = (sessionId: string) => {
    const slot = slotOf(sessionId)
    if (slot === undefined) return
    removeRow.run(slot)
    removeDescription.run(idBytes(sessionId))
    slots.delete(sessionId)
  }
  const sweep = (at: number) => {
    nextDue ??= firstDue.get() ?? Number.POSITIVE_INFINITY
    if (nextDue > at) return
    for (const id of due.all(at)) remove(idText(id))
    nextDue = undefined
  }
  const forget = () => {
    rows.forget()
    descriptions.forget()
    slots.clear()
    nextDue = undefined
  }
  const has = (sessionId: string) => slotOf(sessionId) !== undefined
  const holds = (slot: number) => taken.get(slot) !== undefined
  return { insert, has, holds, extend, rotate, elevate, remove, sweep, forget }
}
