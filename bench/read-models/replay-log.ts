import { randomBytes, randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { StoredEvent } from '../../domain/kernel/reader.ts'

const hour = 3_600_000
const start = Date.parse('2026-01-01T00:00:00.000Z')

let pool = Buffer.alloc(0)
let used = 0
const bytes = (count: number) => {
  if (used + count > pool.length) {
    pool = randomBytes(65_536)
    used = 0
  }
  used += count
  return pool.subarray(used - count, used)
}
const digest = () => bytes(32).toString('base64url')
const sealedFor = (person: string, length: number) => `${person}.${bytes(length + 28).toString('base64url')}`
/** A UUIDv7 of the time that the log has reached: ids grow with the log, as they do in life. */
const uuidAt = (at: number) => {
  const time = at.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
const iso = (at: number) => new Date(at).toISOString()

type Person = { readonly accountId: string; readonly email: string; revision: number }

/**
 * Fills `event` with what a busy service records: people register now and then, log in with and without success, are locked out,
 * use sessions for a while, refresh and end them.
 */
export function fillLog(db: Database, count: number) {
  const insert = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const revisions = new Map<string, number>()
  const people: Person[] = []
  const live: { readonly stream: string; readonly accountId: string; readonly expiresAt: number }[] = []
  let position = 0
  let now = start

  let correlation = ''

  const record = (stream: string, actor: string, type: string, data: StoredEvent['data']) => {
    if (position >= count) return
    position++
    const revision = (revisions.get(stream) ?? -1) + 1
    revisions.set(stream, revision)
    const session = stream.startsWith('session-') && type !== 'SessionGranted' ? stream.slice('session-'.length) : null
    insert.run(position, stream, revision, uuidAt(now), type, 1, JSON.stringify(data), actor, correlation, null, iso(now), session)
  }
  const any = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)] as T

  const register = () => {
    const accountId = uuidAt(now)
    const emailIndex = digest()
    record(`emailClaim-${emailIndex}`, 'anonymous', 'EmailClaimed', { accountId, at: iso(now) })
    const passwordHash = sealedFor(accountId, 104)
    record(`account-${accountId}`, 'anonymous', 'AccountRegistered', {
      accountId,
      emailIndex,
      email: sealedFor(accountId, 24),
      passwordHash,
      emailVerified: false,
      at: iso(now),
    })
    people.push({ accountId, email: emailIndex, revision: 0 })
  }
  const attempt = (matched: boolean) => {
    const { accountId, email, revision } = any(people)
    const attemptId = uuidAt(now)
    const stream = `login-${email}`
    const origin = { ipAddress: sealedFor(accountId, 14), networkIndex: email, userAgent: sealedFor(accountId, 90) }
    record(stream, 'anonymous', 'LoginAttempted', { attemptId, accountId, deviceId: null, ...origin, at: iso(now) })
    if (!matched) {
      record(stream, 'anonymous', 'PasswordRejected', { attemptId, at: iso(now) })
      if (Math.random() < 0.1)
        record(stream, 'anonymous', 'LoginLocked', { deviceId: null, until: iso(now + 60_000), consecutiveLocks: 1, at: iso(now) })
      return
    }
    record(stream, 'anonymous', 'PasswordAccepted', { attemptId, accountId, rejectedBefore: 0, at: iso(now) })
    const sessionId = uuidAt(now)
    const expiresAt = now + 720 * hour
    const refresh = Math.random() < 0.3 ? { hash: digest(), expiresAt: iso(expiresAt) } : null
    const bound = {
      sessionId,
      accountId,
      accountRevision: revision,
      tokenHash: digest(),
      refreshToken: refresh,
      factors: ['pwd'],
      ...origin,
    }
    record(`session-${sessionId}`, accountId, 'SessionGranted', {
      ...bound,
      at: iso(now),
      idleExpiresAt: iso(now + 24 * hour),
      expiresAt: iso(expiresAt),
    })
    live.push({ stream: `session-${sessionId}`, accountId, expiresAt })
  }
  const use = () => {
    if (live.length === 0) return
    const { stream, accountId } = any(live)
    const chance = Math.random()
    if (chance < 0.15)
      record(stream, accountId, 'RefreshTokenRotated', {
        tokenHash: digest(),
        refreshToken: { hash: digest(), expiresAt: iso(now + 720 * hour) },
        at: iso(now),
        idleExpiresAt: iso(now + 24 * hour),
      })
    else if (chance < 0.2)
      record(stream, accountId, 'SessionElevated', { tokenHash: digest(), factor: 'pwd', at: iso(now), until: iso(now + 900_000) })
    else record(stream, accountId, 'SessionExtended', { at: iso(now), idleExpiresAt: iso(now + 24 * hour) })
  }
  const end = () => {
    const last = live.pop()
    if (last !== undefined) record(last.stream, last.accountId, 'SessionRevoked', { because: 'logged_out', at: iso(now) })
  }
  const something = () => {
    const chance = Math.random()
    if (people.length === 0 || chance < 0.02) return register()
    if (chance < 0.52) return attempt(chance < 0.32)
    return chance < 0.9 ? use() : end()
  }
  db.transaction(() => {
    while (position < count) {
      now += 1_500
      correlation = uuidAt(now)
      something()
    }
  })()
}
