import type { Database } from 'better-sqlite3'
import { idBytes, idInStream, idText } from './id-bytes.ts'
import type { Handlers, Tables } from './read-model.ts'
import { bucketOf, slotsInBucket } from './token-slot.ts'

/** More than one, so that a burst of grants is caught up with; few, so that no request waits for the sweep. */
const sweptPerGrant = 4

const remembered = 200_000

/** A session's own events. */
export const sessionHandlers = (db: Database, tables: Tables<'sessions' | 'session_devices'>, numberOf: (accountId: string) => number) => {
  const { sessions, session_devices: devices } = tables
  const grant = db.prepare(`INSERT INTO ${sessions} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?) ON CONFLICT (slot) DO NOTHING`)
  const describe = db.prepare(`INSERT INTO ${devices} VALUES (?, ?, ?, ?, ?, ?)`)
  const extend = db.prepare(`UPDATE ${sessions} SET last_seen_at = ?, idle_expires_at = ? WHERE slot = ?`)
  const rotate = db.prepare(
    `UPDATE ${sessions} SET slot = ?, hash = ?, last_seen_at = ?, idle_expires_at = ?, elevated_until = NULL WHERE slot = ?`,
  )
  const elevate = db.prepare(
    `UPDATE ${sessions} SET slot = ?, hash = ?, elevated_until = ?,
     factors = CASE WHEN instr(' ' || factors || ' ', ' ' || ? || ' ') THEN factors ELSE factors || ' ' || ? END WHERE slot = ?`,
  )
  const find = db.prepare<[Buffer], number>(`SELECT slot FROM ${devices} WHERE id = ?`).pluck()
  const move = db.prepare(`UPDATE ${devices} SET slot = ? WHERE id = ?`)
  const revoke = db.prepare(`DELETE FROM ${sessions} WHERE slot = ?`)
  const forgetDevice = db.prepare(`DELETE FROM ${devices} WHERE id = ?`)
  const due = db
    .prepare<[number], Buffer>(
      `SELECT id FROM ${devices} WHERE expires_at <= CAST(? AS INTEGER) ORDER BY expires_at, id LIMIT ${sweptPerGrant}`,
    )
    .pluck()
  const firstDue = db.prepare<[], number | null>(`SELECT min(expires_at) FROM ${devices}`).pluck()
  const taken = db
    .prepare<[number, number], number>(
      `SELECT slot FROM ${sessions} WHERE slot BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER) ORDER BY slot`,
    )
    .pluck()

  const freeSlot = (hash: Buffer): number => {
    const bucket = bucketOf(hash)
    const occupied = new Set(taken.all(bucket, bucket + slotsInBucket - 1))
    for (let slot = bucket; slot < bucket + slotsInBucket; slot++) if (!occupied.has(slot)) return slot
    throw new Error('no slot is left for a token')
  }

  const slots = new Map<string, number>()
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

  const end = (sessionId: string) => {
    const slot = slotOf(sessionId)
    if (slot === undefined) return
    revoke.run(slot)
    forgetDevice.run(idBytes(sessionId))
    slots.delete(sessionId)
  }

  /** When the next row is due to be swept; `undefined`: not known. */
  let nextDue: number | undefined
  const sweep = (at: number) => {
    nextDue ??= firstDue.get() ?? Number.POSITIVE_INFINITY
    if (nextDue > at) return
    for (const id of due.all(at)) end(idText(id))
    nextDue = undefined
  }

  /** The row moves to where its new token is looked for; `write` gets the new slot, the hash and the slot it had. */
  const replaceToken = (stream: string, tokenHash: string, write: (slot: number, hash: Buffer, old: number) => void) => {
    const sessionId = idInStream(stream)
    const old = slotOf(sessionId)
    if (old === undefined) return
    const hash = Buffer.from(tokenHash, 'base64url')
    const slot = freeSlot(hash)
    write(slot, hash, old)
    move.run(slot, idBytes(sessionId))
    keep(sessionId, slot)
  }

  const handlers: Handlers = {
    SessionGranted: ({ data }) => {
      sweep(data.at)
      const id = idBytes(data.sessionId)
      const holder = numberOf(data.accountId)
      const hash = Buffer.from(data.tokenHash, 'base64url')
      const { sessionId, at, accountRevision, idleExpiresAt, expiresAt, address, userAgent } = data
      const put = (slot: number) =>
        grant.run(slot, hash, id, holder, accountRevision, at, at, idleExpiresAt, expiresAt, data.factors.join(' ')).changes > 0
      let slot = bucketOf(hash)
      if (!put(slot)) {
        slot = freeSlot(hash)
        put(slot)
      }
      describe.run(id, slot, holder, expiresAt, address, userAgent)
      keep(sessionId, slot)
      if (nextDue !== undefined && expiresAt < nextDue) nextDue = expiresAt
    },
    SessionExtended: ({ data }, { stream }) => {
      const slot = slotOf(idInStream(stream))
      if (slot !== undefined) extend.run(data.at, data.idleExpiresAt, slot)
    },
    RefreshTokenRotated: ({ data }, { stream }) =>
      replaceToken(stream, data.tokenHash, (slot, hash, old) => rotate.run(slot, hash, data.at, data.idleExpiresAt, old)),
    SessionElevated: ({ data }, { stream }) =>
      replaceToken(stream, data.tokenHash, (slot, hash, old) => elevate.run(slot, hash, data.until, data.factor, data.factor, old)),
    SessionRevoked: (_, { stream }) => end(idInStream(stream)),
  }
  const forget = () => {
    nextDue = undefined
    slots.clear()
  }
  return { handlers, forget }
}
