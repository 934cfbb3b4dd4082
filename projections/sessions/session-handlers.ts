import type { Database } from 'better-sqlite3'
import { idInStream, isSessionStream } from '../../domain/kernel/streams.ts'
import type { UsedKey } from '../../domain/kernel/used-key.ts'
import { idBytes } from '../engine/id-bytes.ts'
import type { ErasedPlace, Handlers, Tables } from '../engine/read-model.ts'

// More than one, so that the table shrinks after a burst of grants; few, so that no request waits for it.
const removedPerGrant = 4

/** A sealed address is never empty. */
const isWhole = "address <> ''"

/** `erase` leaves what a rebuild makes of an erased grant: a row that has expired, and that no later event of the session changes. */
export function sessionHandlers(
  db: Database,
  { sessions }: Tables<'sessions'>,
): { readonly handlers: Handlers; readonly erase: (place: ErasedPlace) => void } {
  const oldestExpiry = db.prepare<[], number>(`SELECT expires_at FROM ${sessions} ORDER BY number LIMIT 1`).pluck()
  const removeExpired = db.prepare(
    `DELETE FROM ${sessions} WHERE number IN (SELECT number FROM ${sessions} ORDER BY number LIMIT ${removedPerGrant}) AND expires_at <= ?`,
  )
  const add = db.prepare(`INSERT INTO ${sessions} VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?, ?, ?, ?)`)
  const extend = db.prepare(`UPDATE ${sessions} SET last_seen_at = ?, idle_expires_at = ? WHERE id = ? AND ${isWhole}`)
  const rotate = db.prepare(
    `UPDATE ${sessions} SET token_hash = ?, last_seen_at = ?, idle_expires_at = ?, elevated_until = NULL, elevated_by = NULL WHERE id = ? AND ${isWhole}`,
  )
  const elevate = db.prepare(
    `UPDATE ${sessions} SET token_hash = ?, elevated_until = ?, elevated_by = ?,
     factors = CASE WHEN instr(' ' || factors || ' ', ' ' || ? || ' ') THEN factors ELSE factors || ' ' || ? END WHERE id = ? AND ${isWhole}`,
  )
  const withdraw = db.prepare(
    `UPDATE ${sessions} SET elevated_until = NULL, elevated_by = NULL, factors = trim(replace(' ' || factors || ' ', ' ' || ? || ' ', ' ')) WHERE id = ? AND ${isWhole}`,
  )
  const remove = db.prepare(`DELETE FROM ${sessions} WHERE id = ?`)

  const blank = db.prepare(
    `UPDATE ${sessions} SET token_hash = zeroblob(32), revision = 0, last_seen_at = granted_at, idle_expires_at = expires_at, elevated_until = NULL,
     elevated_by = NULL, factors = '', address = '', user_agent = NULL, identity = NULL, key_sequence = 0 WHERE id = ?`,
  )
  const noToken = Buffer.alloc(32)

  const idOf = ({ stream }: { readonly stream: string }) => idBytes(idInStream(stream))
  const hashOf = ({ tokenHash }: { readonly tokenHash: string }) => Buffer.from(tokenHash, 'base64url')

  const granting = (key: UsedKey | null) => (key === null ? [null, 0] : [Buffer.from(key.fingerprint, 'hex'), key.sequence])

  const makeRoom = (at: number) => {
    if ((oldestExpiry.get() ?? Number.POSITIVE_INFINITY) <= at) removeExpired.run(at)
  }
  const handlers: Handlers = {
    // By the time of the event, so that a rebuild removes the same rows.
    SessionGranted: ({ data }) => {
      makeRoom(data.at)
      const { at, idleExpiresAt, expiresAt, factors, key, ipAddress, userAgent } = data
      const [id, account] = [idBytes(data.sessionId), idBytes(data.accountId)]
      const times = [at, at, idleExpiresAt, expiresAt]
      add.run(id, hashOf(data), account, data.accountRevision, ...times, factors.join(' '), ipAddress, userAgent, ...granting(key))
    },
    SessionPayloadErased: ({ data: { sessionId, accountId, at, expiresAt } }) => {
      makeRoom(at)
      add.run(idBytes(sessionId), noToken, idBytes(accountId), 0, at, at, expiresAt, expiresAt, '', '', null, null, 0)
    },
    SessionExtended: ({ data }, recorded) => extend.run(data.at, data.idleExpiresAt, idOf(recorded)),
    RefreshTokenRotated: ({ data }, recorded) => rotate.run(hashOf(data), data.at, data.idleExpiresAt, idOf(recorded)),
    SessionFactorWithdrawn: ({ data }, recorded) => withdraw.run(data.factor, idOf(recorded)),
    SessionElevated: ({ data }, recorded) => elevate.run(hashOf(data), data.until, data.factor, data.factor, data.factor, idOf(recorded)),
    SessionRevoked: (_, recorded) => remove.run(idOf(recorded)),
  }
  const erase = (place: ErasedPlace) => {
    if (isSessionStream(place.stream)) blank.run(idOf(place))
  }
  return { handlers, erase }
}
