import { createHash } from 'node:crypto'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Sha256 } from '../../domain/kernel/ids.ts'
import { eventReader, type StoredEvent } from '../../domain/kernel/reader.ts'
import { isSessionStream } from '../../domain/kernel/streams.ts'
import { eraseGrant } from '../../domain/session/erase-grant.ts'
import { SessionGranted, SessionPayloadErased, sessionEvents } from '../../domain/session/events.ts'
import { upcasters } from '../../domain/upcasters.ts'
import type { StoredRow } from './erase-payload.ts'

const reader = eventReader(sessionEvents, upcasters)

export function isGrant({ type }: Pick<StoredRow, 'type'>) {
  return type === SessionGranted.type
}

/** Null for an event that cannot be read, and for a session that has not expired by `expiredBy` (ISO 8601): its fold needs the grant. */
export function erasedGrant({ type, version, json }: StoredRow, data: unknown, expiredBy: string): StoredEvent | 'not_expired' | null {
  const decoded = reader.decode({ type, version, data })
  if (isLeft(decoded) || decoded.right.type !== 'SessionGranted') return null
  if (decoded.right.data.expiresAt > Date.parse(expiredBy)) return 'not_expired'
  const erased = eraseGrant({ version }, decoded.right, createHash('sha256').update(json).digest('hex') as Sha256)
  return erased && reader.encode(erased)
}

export function requireSessionStream(stream: string) {
  if (!isSessionStream(stream)) throw new TypeError('Only in session streams can grants be erased')
}

/** What an erased grant keeps of its original. Null for other events, and for one that is not written exactly as it is here. */
export function originalGrant({ stream, type, json }: Omit<StoredRow, 'version'> & { readonly stream: string }) {
  if (type !== SessionPayloadErased.type || !isSessionStream(stream)) return null
  try {
    const decoded = SessionPayloadErased.codec.decode({ type, version: 1, data: JSON.parse(json) })
    if (isLeft(decoded)) return null
    const { eventVersion, sessionId, accountId, sha256, at, expiresAt } = decoded.right.data
    // Decoding keeps the order of the members, so they are put into ours.
    const written = SessionPayloadErased.codec.encode(SessionPayloadErased({ eventVersion, sessionId, accountId, sha256, at, expiresAt }))
    return JSON.stringify(written.data) === json ? { type: SessionGranted.type, version: eventVersion, sha256 } : null
  } catch {
    return null
  }
}
