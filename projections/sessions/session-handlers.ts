import type { Database } from 'better-sqlite3'
import { idInStream } from '../../domain/kernel/streams.ts'
import { idBytes } from '../engine/id-bytes.ts'
import type { Handlers, Tables } from '../engine/read-model.ts'

// More than one, so that the table shrinks after a burst of grants; few, so that no request waits for it.
const removedPerGrant = 4

/** What is done to a session that has no row does nothing. */
export function sessionHandlers(db: Database, { sessions, session_devices: devices }: Tables<'sessions' | 'session_devices'>): Handlers {
  const ofSession = `WHERE token_hash = (SELECT token_hash FROM ${devices} WHERE id = ?)`
  const add = db.prepare(`INSERT INTO ${sessions} VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)`)
  const addDevice = db.prepare(`INSERT INTO ${devices} VALUES (?, ?, ?, ?, ?, ?)`)
  const extend = db.prepare(`UPDATE ${sessions} SET last_seen_at = ?, idle_expires_at = ? ${ofSession}`)
  const rotate = db.prepare(
    `UPDATE ${sessions} SET token_hash = ?, last_seen_at = ?, idle_expires_at = ?, elevated_until = NULL ${ofSession}`,
  )
  const elevate = db.prepare(
    `UPDATE ${sessions} SET token_hash = ?, elevated_until = ?,
     factors = CASE WHEN instr(' ' || factors || ' ', ' ' || ? || ' ') THEN factors ELSE factors || ' ' || ? END ${ofSession}`,
  )
  const setToken = db.prepare(`UPDATE ${devices} SET token_hash = ? WHERE id = ?`)
  const remove = db.prepare(`DELETE FROM ${sessions} ${ofSession}`)
  const removeDevice = db.prepare(`DELETE FROM ${devices} WHERE id = ?`)
  const oldest = `SELECT id, expires_at FROM ${devices} ORDER BY id LIMIT ${removedPerGrant}`
  const expired = db.prepare<[number], Buffer>(`SELECT id FROM (${oldest}) WHERE expires_at <= ?`).pluck()
  const firstExpiry = db.prepare<[], number>(`SELECT expires_at FROM ${devices} ORDER BY id LIMIT 1`).pluck()

  const end = (id: Buffer) => {
    remove.run(id)
    removeDevice.run(id)
  }
  const idOf = ({ stream }: { readonly stream: string }) => idBytes(idInStream(stream))

  return {
    // Session ids grow with time, and the time is the event's own, so that a rebuild removes the same rows.
    SessionGranted: ({ data }) => {
      if ((firstExpiry.get() ?? data.at) <= data.at) for (const id of expired.all(data.at)) end(id)
      const { tokenHash, at, idleExpiresAt, expiresAt, ipAddress, userAgent } = data
      const id = idBytes(data.sessionId)
      const account = idBytes(data.accountId)
      const hash = Buffer.from(tokenHash, 'base64url')
      add.run(hash, id, account, data.accountRevision, at, at, idleExpiresAt, expiresAt, data.factors.join(' '))
      addDevice.run(id, hash, account, expiresAt, ipAddress, userAgent)
    },
    SessionExtended: ({ data }, recorded) => extend.run(data.at, data.idleExpiresAt, idOf(recorded)),
    RefreshTokenRotated: ({ data }, recorded) => {
      const id = idOf(recorded)
      const hash = Buffer.from(data.tokenHash, 'base64url')
      rotate.run(hash, data.at, data.idleExpiresAt, id)
      setToken.run(hash, id)
    },
    SessionElevated: ({ data }, recorded) => {
      const id = idOf(recorded)
      const hash = Buffer.from(data.tokenHash, 'base64url')
      elevate.run(hash, data.until, data.factor, data.factor, id)
      setToken.run(hash, id)
    },
    SessionRevoked: (_, recorded) => end(idOf(recorded)),
  }
}
