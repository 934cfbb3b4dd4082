import type { Database } from 'better-sqlite3'
import type { ClaimValue } from '../../domain/account/events.ts'
import type { AccountId, Fingerprint, SessionId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import type { Factor } from '../../domain/session/events.ts'
import { idBytes, idText } from '../engine/id-bytes.ts'
import { physicalTables } from '../engine/read-model.ts'
import type { ActiveSessionRow } from './active-session.ts'
import { sessions } from './sessions.ts'

export type ListedSession = Omit<ActiveSessionRow, 'accountId' | 'roles' | 'claims'> & {
  readonly address: Sealed
  readonly userAgent: Sealed | null
}

export type SessionQueries = {
  /** `tokenHash`: SHA-256 in base64url. */
  readonly byTokenHash: (tokenHash: string) => ActiveSessionRow | undefined
  readonly byId: (sessionId: string) => ActiveSessionRow | undefined
  /** The account of a session that may have ended with others. */
  readonly holderOf: (tokenHash: string) => AccountId | undefined
  /** All but `limit` sessions of an account: idle ones first to go, then the oldest. */
  readonly beyond: (accountId: string, limit: number, at: number) => readonly SessionId[]
  /** Identities whose key was replaced by that time, which is not recorded yet. */
  readonly dueRotations: (at: Instant) => readonly Fingerprint[]
  /** Newest first. */
  readonly ofAccount: (filter: SessionFilter) => SessionPage
}

/** `before`: the id at which the page before ended. */
export type SessionFilter = {
  readonly accountId: string
  readonly before?: SessionId | undefined
  readonly at: Instant
  readonly limit: number
}

/** `next` is `null` on the last page. A page may hold fewer sessions than the limit, or none, and not be the last. */
export type SessionPage = { readonly sessions: readonly ListedSession[]; readonly next: SessionId | null }

/** Rows that a page may read to fill itself: sessions that ended stay in the table for a while. */
const rowsPerPage = 500

/** After any UUIDv7. */
const newest = Buffer.alloc(16, 0xff)

type Row = [
  id: Buffer,
  account: Buffer,
  grantedAt: Instant,
  lastSeenAt: Instant,
  idleExpiresAt: Instant,
  expiresAt: Instant,
  elevatedUntil: Instant | null,
  elevatedBy: Factor | null,
  factors: string,
  roles: string,
  claims: string,
]

const liveSession = (row: Row): ActiveSessionRow => {
  const [id, account, grantedAt, lastSeenAt, idleExpiresAt, expiresAt, elevatedUntil, elevatedBy, factors, roles, claims] = row
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
    elevatedBy,
  })
}

const listedSession = (row: [...Row, address: Sealed, userAgent: Sealed | null]): ListedSession => {
  const { accountId: _, roles: __, claims: ___, ...session } = liveSession(row.slice(0, 11) as Row)
  return { ...session, address: row[11], userAgent: row[12] }
}

/** `db` must see the newest commit: it must not be inside a transaction or an unfinished iteration. */
export function sessionQueries(db: Database): SessionQueries {
  const tables = physicalTables(sessions)
  // A session of a key that is being replaced ends at the deadline, whether or not anything is recorded then.
  const expiresAt = 'iif(s.key_sequence < k.pending, min(s.expires_at, k.key_ends), s.expires_at)'
  const facts = `s.id, h.id, s.granted_at, s.last_seen_at, s.idle_expires_at, ${expiresAt}, s.elevated_until, s.elevated_by, s.factors, h.roles, h.claims`
  const joined = `JOIN ${tables.session_holders} h ON h.id = s.account LEFT JOIN ${tables.session_keys} k ON k.identity = s.identity`
  const from = `FROM ${tables.sessions} s ${joined}`
  const isAlive = 'h.active AND (s.revision >= h.ended OR s.id = h.kept) AND (s.identity IS NULL OR s.key_sequence >= k.sequence)'
  // CAST: with a bare parameter in a join SQLite plans the statement again on each bind (STAT4), at three times the cost of the lookup.
  const find = db.prepare<[Buffer], Row>(`SELECT ${facts} ${from} WHERE s.token_hash = CAST(? AS BLOB) AND ${isAlive}`).raw()
  const findById = db.prepare<[Buffer], Row>(`SELECT ${facts} ${from} WHERE s.id = CAST(? AS BLOB) AND ${isAlive}`).raw()
  const findHolder = db.prepare<[Buffer], Buffer>(`SELECT account FROM ${tables.sessions} WHERE token_hash = ?`).pluck()
  const window = db.prepare<[Buffer, Buffer], { oldest: Buffer | null; rows: number }>(
    `SELECT min(id) AS oldest, count(*) AS rows FROM
     (SELECT id FROM ${tables.sessions} WHERE account = ? AND id < ? ORDER BY id DESC LIMIT ${rowsPerPage})`,
  )
  const list = db
    .prepare<[Buffer, Buffer, Buffer, Instant, Instant, number], [...Row, Sealed, Sealed | null]>(
      `SELECT ${facts}, s.address, s.user_agent ${from}
       WHERE s.account = CAST(? AS BLOB) AND s.id >= CAST(? AS BLOB) AND s.id < CAST(? AS BLOB)
       AND ${isAlive} AND s.idle_expires_at > ? AND ${expiresAt} > ? ORDER BY s.id DESC LIMIT ?`,
    )
    .raw()

  const beyond = db
    .prepare<[Buffer, number, number], Buffer>(
      `SELECT s.id FROM (SELECT * FROM ${tables.sessions} WHERE account = CAST(? AS BLOB) ORDER BY id DESC LIMIT 2000) s
       ${joined} WHERE ${isAlive}
       ORDER BY s.idle_expires_at > ? DESC, s.granted_at DESC, s.id DESC LIMIT -1 OFFSET ?`,
    )
    .pluck()

  const ofAccount = ({ accountId, before, at, limit }: SessionFilter): SessionPage => {
    const [account, end] = [idBytes(accountId), before === undefined ? newest : idBytes(before)]
    const { oldest, rows } = window.get(account, end) ?? { oldest: null, rows: 0 }
    if (oldest === null) return { sessions: [], next: null }
    const found = list.all(account, oldest, end, at, at, limit + 1).map(listedSession)
    const sessions = found.slice(0, limit)
    const rest = rows === rowsPerPage ? (idText(oldest) as SessionId) : null
    return { sessions, next: found.length > limit ? (sessions.at(-1)?.sessionId ?? null) : rest }
  }

  const dueRotations = db
    .prepare<[number], Buffer>(`SELECT identity FROM ${tables.session_keys} WHERE key_ends <= ? ORDER BY key_ends LIMIT 100`)
    .pluck()

  return {
    dueRotations: (at) => dueRotations.all(at).map((identity) => identity.toString('hex') as Fingerprint),
    byTokenHash: (tokenHash) => {
      const hash = Buffer.from(tokenHash, 'base64url')
      if (hash.length !== 32) return undefined
      const row = find.get(hash)
      return row && liveSession(row)
    },
    byId: (sessionId) => {
      const row = findById.get(idBytes(sessionId))
      return row && liveSession(row)
    },
    holderOf: (tokenHash) => {
      const account = findHolder.get(Buffer.from(tokenHash, 'base64url'))
      return account && (idText(account) as AccountId)
    },
    beyond: (accountId, limit, at) => beyond.all(idBytes(accountId), at, limit).map((id) => idText(id) as SessionId),
    ofAccount,
  }
}
