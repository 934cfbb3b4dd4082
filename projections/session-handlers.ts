import type { Database } from 'better-sqlite3'
import { idBytes, idInStream } from './id-bytes.ts'
import type { Handlers, Tables } from './read-model.ts'
import { bucketOf, slotsInBucket } from './token-slot.ts'

/** More than one, so that a burst of grants is caught up with; few, so that no request waits for the sweep. */
const sweptPerGrant = 4

/** A session's own events. */
export const sessionHandlers = (db: Database, tables: Tables<'sessions' | 'session_devices'>, numberOf: (accountId: string) => number) => {
  const { sessions, session_devices: devices } = tables
  const slotOf = `(SELECT slot FROM ${devices} WHERE id = ?)`
  const grant = db.prepare(`INSERT INTO ${sessions} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?) ON CONFLICT (slot) DO NOTHING`)
  const describe = db.prepare(`INSERT INTO ${devices} VALUES (?, ?, ?, ?, ?, ?)`)
  const extend = db.prepare(`UPDATE ${sessions} SET last_seen_at = ?, idle_expires_at = ? WHERE slot = ${slotOf}`)
  const rotate = db.prepare(
    `UPDATE ${sessions} SET slot = ?, hash = ?, last_seen_at = ?, idle_expires_at = ?, elevated_until = NULL WHERE slot = ${slotOf}`,
  )
  const elevate = db.prepare(`UPDATE ${sessions} SET slot = ?, hash = ?, elevated_until = ? WHERE slot = ${slotOf}`)
  const move = db.prepare(`UPDATE ${devices} SET slot = ? WHERE id = ?`)
  const revoke = db.prepare(`DELETE FROM ${sessions} WHERE slot = ${slotOf}`)
  const forgetDevice = db.prepare(`DELETE FROM ${devices} WHERE id = ?`)
  const due = db
    .prepare<[number], Buffer>(`SELECT id FROM ${devices} WHERE expires_at <= ? ORDER BY expires_at, id LIMIT ${sweptPerGrant}`)
    .pluck()
  const firstDue = db.prepare<[], number | null>(`SELECT min(expires_at) FROM ${devices}`).pluck()
  const taken = db.prepare<[number, number], number>(`SELECT slot FROM ${sessions} WHERE slot BETWEEN ? AND ? ORDER BY slot`).pluck()

  const freeSlot = (hash: Buffer): number => {
    const bucket = bucketOf(hash)
    const occupied = new Set(taken.all(bucket, bucket + slotsInBucket - 1))
    for (let slot = bucket; slot < bucket + slotsInBucket; slot++) if (!occupied.has(slot)) return slot
    throw new Error('no slot is left for a token')
  }

  /** When the next row is due to be swept; `undefined`: not known. */
  let nextDue: number | undefined
  const end = (id: Buffer) => {
    revoke.run(id)
    forgetDevice.run(id)
  }
  const sweep = (at: number) => {
    nextDue ??= firstDue.get() ?? Number.POSITIVE_INFINITY
    if (nextDue > at) return
    for (const id of due.all(at)) end(id)
    nextDue = undefined
  }

  const handlers: Handlers = {
    SessionGranted: ({ data }) => {
      sweep(data.at)
      const id = idBytes(data.sessionId)
      const holder = numberOf(data.accountId)
      const hash = Buffer.from(data.tokenHash, 'base64url')
      const { at, accountRevision, idleExpiresAt, expiresAt, address, userAgent } = data
      const put = (slot: number) =>
        grant.run(slot, hash, id, holder, accountRevision, at, at, idleExpiresAt, expiresAt, data.factors.join(' ')).changes > 0
      let slot = bucketOf(hash)
      if (!put(slot)) {
        slot = freeSlot(hash)
        put(slot)
      }
      describe.run(id, slot, holder, expiresAt, address, userAgent)
      if (nextDue !== undefined && expiresAt < nextDue) nextDue = expiresAt
    },
    SessionExtended: ({ data }, { stream }) => extend.run(data.at, data.idleExpiresAt, idBytes(idInStream(stream))),
    RefreshTokenRotated: ({ data }, { stream }) => {
      const id = idBytes(idInStream(stream))
      const hash = Buffer.from(data.tokenHash, 'base64url')
      const slot = freeSlot(hash)
      if (rotate.run(slot, hash, data.at, data.idleExpiresAt, id).changes > 0) move.run(slot, id)
    },
    SessionElevated: ({ data }, { stream }) => {
      const id = idBytes(idInStream(stream))
      const hash = Buffer.from(data.tokenHash, 'base64url')
      const slot = freeSlot(hash)
      if (elevate.run(slot, hash, data.until, id).changes > 0) move.run(slot, id)
    },
    SessionRevoked: (_, { stream }) => end(idBytes(idInStream(stream))),
  }
  return {
    handlers,
    forget: () => {
      nextDue = undefined
    },
  }
}
