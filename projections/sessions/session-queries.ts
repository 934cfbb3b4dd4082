import type { Database } from 'better-sqlite3'
import type { ClaimValue } from '../../domain/account/events.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { idBytes, idText } from '../engine/id-bytes.ts'
import { physicalTables } from '../engine/read-model.ts'
import type { ActiveSessionRow } from './active-session.ts'
import { sessions } from './sessions.ts'
import { bucketOf, slotsInBucket } from './token-slot.ts'

/** For the list of a person's sessions; `address` and `userAgent` are sealed. */
export type ListedSession = Omit<ActiveSessionRow, 'accountId' | 'roles' | 'claims'> & {
  readonly address: string
  readonly userAgent: string | null
}

export type SessionQueries = {
  /** Whom a token belongs to (its SHA-256 in base64url); nothing for one that is unknown or that was ended. */
  readonly byTokenHash: (tokenHash: string) => ActiveSessionRow | undefined
  readonly byId: (sessionId: string) => ActiveSessionRow | undefined
  /** The sessions of an account that were not ended, newest first; those whose time has passed are among them until they are swept. */
  readonly ofAccount: (accountId: string) => readonly ListedSession[]
}

type Row = [
  id: Buffer,
  account: Buffer,
  grantedAt: number,
  lastSeenAt: number,
  idleExpiresAt: number,
  expiresAt: number,
  elevatedUntil: number | null,
  factors: string,
  roles: string,
  claims: string,
]

const liveSession = (row: Row): ActiveSessionRow => {
  const [id, account, grantedAt, lastSeenAt, idleExpiresAt, expiresAt, elevatedUntil, factors, roles, claims] = row
  return Object.freeze({
    sessionId: idText(id) as SessionId,
    accountId: idText(account) as AccountId,
    roles: new Set<string>(JSON.parse(roles)),
    claims: new Map<string, ClaimValue>(Object.entries(JSON.parse(claims))),
    factors: Object.freeze(factors.split(' ')),
    grantedAt,
    lastSeenAt,
    idleExpiresAt,
    expiresAt,
    elevatedUntil,
  })
}

const listedSession = (row: [...Row, address: Sealed, userAgent: Sealed | null]): ListedSession => {
  const { accountId: _, roles: __, claims: ___, ...session } = liveSession(row.slice(0, 10) as Row)
  return { ...session, address: row[10], userAgent: row[11] }
}

/** Reads on a connection that may see the newest commit: not one that is held inside a transaction or an unfinished iteration. */
export function sessionQueries(db: Database): SessionQueries {
  const { sessions: session, session_devices: device, session_holders: holder } = physicalTables(sessions)
  const facts = 's.id, h.id, s.granted_at, s.last_seen_at, s.idle_expires_at, s.expires_at, s.elevated_until, s.factors, h.roles, h.claims'
  const lives = 'h.active AND (s.revision >= h.ended OR s.id = h.kept)'
  // CAST: a bare parameter in a range or a join has SQLite plan the statement again whenever it is bound (STAT4), at thrice the price of the look-up.
  const find = db
    .prepare<[number, number, Buffer], Row>(
      `SELECT ${facts} FROM ${session} s JOIN ${holder} h ON h.number = s.holder
       WHERE s.slot BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER) AND s.hash = CAST(? AS BLOB) AND ${lives}`,
    )
    .raw()
  const findById = db
    .prepare<[Buffer], Row>(
      `SELECT ${facts} FROM ${device} d JOIN ${session} s ON s.slot = d.slot JOIN ${holder} h ON h.number = s.holder
       WHERE d.id = CAST(? AS BLOB) AND ${lives}`,
    )
    .raw()
  const list = db
    .prepare<[Buffer], [...Row, Sealed, Sealed | null]>(
      `SELECT ${facts}, d.address, d.user_agent FROM ${holder} h JOIN ${device} d ON d.holder = h.number JOIN ${session} s ON s.slot = d.slot
       WHERE h.id = CAST(? AS BLOB) AND ${lives} ORDER BY s.granted_at DESC, s.id DESC`,
    )
    .raw()

  return {
    byTokenHash: (tokenHash) => {
      const hash = Buffer.from(tokenHash, 'base64url')
      if (hash.length !== 32) return undefined
      const bucket = bucketOf(hash)
      const row = find.get(bucket, bucket + slotsInBucket - 1, hash)
      return row && liveSession(row)
    },
    byId: (sessionId) => {
      const row = findById.get(idBytes(sessionId))
      return row && liveSession(row)
    },
    ofAccount: (accountId) => list.all(idBytes(accountId)).map(listedSession),
  }
}
