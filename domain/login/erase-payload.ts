import type { Sha256 } from '../kernel/ids.ts'
import type { StoredEvent } from '../kernel/reader.ts'
import { type LoginEvent, LoginPayloadErased, timeOf } from './events.ts'

/** `event` is what `stored` was read as. The account stays, so that the audit trail still knows whose entries these are. */
export function erasePayload({ type, version }: Pick<StoredEvent, 'type' | 'version'>, event: LoginEvent, sha256: Sha256) {
  const accountId = 'accountId' in event.data ? event.data.accountId : null
  return LoginPayloadErased({ eventType: type, eventVersion: version, accountId, sha256, at: timeOf(event) })
}
