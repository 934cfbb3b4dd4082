import type { Database } from 'better-sqlite3'
import { idInStream } from '../../domain/kernel/streams.ts'
import type { Handlers, Tables } from '../engine/read-model.ts'
import { sessionRows } from './session-rows.ts'
import { bucketOf, slotsInBucket } from './token-slot.ts'
import { unwrittenSessions } from './unwritten-sessions.ts'

/** A session's own events. Where its row is to stand is settled at once, also for one that is written at the end of the batch. */
export function sessionHandlers(
  db: Database,
  tables: Tables<'sessions' | 'session_devices'>,
  numberOf: (accountId: string) => number,
  greatestUnwritten: number,
) {
  const written = sessionRows(db, tables)
  const unwritten = unwrittenSessions(greatestUnwritten, written.insert)

  const freeSlot = (hash: Buffer): number => {
    const bucket = bucketOf(hash)
    for (let slot = bucket; slot < bucket + slotsInBucket; slot++) if (!unwritten.holds(slot) && !written.holds(slot)) return slot
    throw new Error('no slot is left for a token')
  }
  const sweep = (at: number) => {
    if (unwritten.noneDueBefore() <= at) unwritten.flush()
    written.sweep(at)
  }

  const handlers: Handlers = {
    SessionGranted: ({ data }) => {
      sweep(data.at)
      const { sessionId, tokenHash, at, idleExpiresAt, expiresAt, ipAddress: address, userAgent } = data
      unwritten.add({
        sessionId,
        slot: freeSlot(Buffer.from(tokenHash, 'base64url')),
        tokenHash,
        holder: numberOf(data.accountId),
        revision: data.accountRevision,
        grantedAt: at,
        lastSeenAt: at,
        idleExpiresAt,
        expiresAt,
        elevatedUntil: null,
        factors: data.factors.join(' '),
        address,
        userAgent,
      })
    },
    SessionExtended: ({ data }, { stream }) => {
      const sessionId = idInStream(stream)
      const session = unwritten.get(sessionId)
      if (session === undefined) return written.extend(sessionId, data.at, data.idleExpiresAt)
      session.lastSeenAt = data.at
      session.idleExpiresAt = data.idleExpiresAt
    },
    RefreshTokenRotated: ({ data }, { stream }) => {
      const sessionId = idInStream(stream)
      const session = unwritten.get(sessionId)
      if (session === undefined && !written.has(sessionId)) return
      const hash = Buffer.from(data.tokenHash, 'base64url')
      const slot = freeSlot(hash)
      if (session === undefined) return written.rotate(sessionId, slot, hash, data.at, data.idleExpiresAt)
      unwritten.move(session, slot, data.tokenHash)
      session.lastSeenAt = data.at
      session.idleExpiresAt = data.idleExpiresAt
      session.elevatedUntil = null
    },
    SessionElevated: ({ data }, { stream }) => {
      const sessionId = idInStream(stream)
      const session = unwritten.get(sessionId)
      if (session === undefined && !written.has(sessionId)) return
      const hash = Buffer.from(data.tokenHash, 'base64url')
      const slot = freeSlot(hash)
      if (session === undefined) return written.elevate(sessionId, slot, hash, data.until, data.factor)
      unwritten.move(session, slot, data.tokenHash)
      session.elevatedUntil = data.until
      if (!session.factors.split(' ').includes(data.factor)) session.factors += ` ${data.factor}`
    },
    SessionRevoked: (_, { stream }) => {
      const sessionId = idInStream(stream)
      const session = unwritten.get(sessionId)
      if (session === undefined) written.remove(sessionId)
      else unwritten.remove(session)
    },
  }
  const forget = () => {
    unwritten.forget()
    written.forget()
  }
  return { handlers, flush: unwritten.flush, forget }
}
