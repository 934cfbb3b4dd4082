import type { Database } from 'better-sqlite3'
import { idInStream } from '../../domain/kernel/streams.ts'
import type { UsedKey } from '../../domain/kernel/used-key.ts'
import { idBytes } from '../engine/id-bytes.ts'
import type { Handlers, Tables } from '../engine/read-model.ts'

// More than one, so that the table shrinks after a burst of grants; few, so that no request waits for it.
const removedPerGrant = 4

export function sessionHandlers(db: Database, { sessions }: Tables<'sessions'>): Handlers {
  const oldestExpiry = db.prepare<[], number>(`SELECT expires_at FROM ${sessions} ORDER BY number LIMIT 1`).pluck()
  const removeExpired = db.prepare(
    `DELETE FROM ${sessions} WHERE number IN (SELECT number FROM ${sessions} ORDER BY number LIMIT ${removedPerGrant}) AND expires_at <= ?`,
  )
  const add = db.prepare(`INSERT INTO ${sessions} VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?, ?, ?, ?)`)
  const extend = db.prepare(`UPDATE ${sessions} SET last_seen_at = ?, idle_expires_at = ? WHERE id = ?`)
  const rotate = db.prepare(
    `UPDATE ${sessions} SET token_hash = ?, last_seen_at = ?, idle_expires_at = ?, elevated_until = NULL, elevated_by = NULL WHERE id = ?`,
  )
  const elevate = db.prepare(
    `UPDATE ${sessions} SET token_hash = ?, elevated_until = ?, elevated_by = ?,
     factors = CASE WHEN instr(' ' || factors || ' ', ' ' || ? || ' ') THEN factors ELSE factors || ' ' || ? END WHERE id = ?`,
  )
  const withdraw = db.prepare(
    `UPDATE ${sessions} SET elevated_until = NULL, elevated_by = NULL, factors = trim(replace(' ' || factors || ' ', ' ' || ? || ' ', ' ')) WHERE id = ?`,
  )
  const remove = db.prepare(`DELETE FROM ${sessions} WHERE id = ?`)

  const idOf = ({ stream }: { readonly stream: string }) => idBytes(idInStream(stream))
  const hashOf = ({ tokenHash }: { readonly tokenHash: string }) => Buffer.from(tokenHash, 'base64url')

  const granting = (key: UsedKey | null) => (key === null ? [null, 0] : [Buffer.from(key.fingerprint, 'hex'), key.sequence])

  return {
    // By the time of the event, so that a rebuild removes the same rows.
    SessionGranted: ({ data }) => {
      if ((oldestExpiry.get() ?? Number.POSITIVE_INFINITY) <= data.at) removeExpired.run(data.at)
      const { at, idleExpiresAt, expiresAt, factors, key, ipAddress, userAgent } = data
      const [id, account] = [idBytes(data.sessionId), idBytes(data.accountId)]
      const times = [at, at, idleExpiresAt, expiresAt]
      add.run(id, hashOf(data), account, data.accountRevision, ...times, factors.join(' '), ipAddress, userAgent, ...granting(key))
    },
    SessionExtended: ({ data }, recorded) => extend.run(data.at, data.idleExpiresAt, idOf(recorded)),
    RefreshTokenRotated: ({ data }, recorded) => rotate.run(hashOf(data), data.at, data.idleExpiresAt, idOf(recorded)),
    SessionFactorWithdrawn: ({ data }, recorded) => withdraw.run(data.factor, idOf(recorded)),
    SessionElevated: ({ data }, recorded) => elevate.run(hashOf(data), data.until, data.factor, data.factor, data.factor, idOf(recorded)),
    SessionRevoked: (_, recorded) => remove.run(idOf(recorded)),
  }
}
