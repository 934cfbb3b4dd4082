import type { Sha256 } from '../kernel/ids.ts'
import type { StoredEvent } from '../kernel/reader.ts'
import { type SessionEvent, SessionPayloadErased } from './events.ts'

/** `event` is what `stored` was read as. Account and session stay, so that the trail still knows whose entry this is. Null for other events. */
export function eraseGrant({ version }: Pick<StoredEvent, 'version'>, event: SessionEvent, sha256: Sha256) {
  if (event.type !== 'SessionGranted') return null
  const { sessionId, accountId, at, expiresAt } = event.data
  return SessionPayloadErased({ eventVersion: version, sessionId, accountId, sha256, at, expiresAt })
}
