import type { ClaimValue } from '../../domain/account/events.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Factor } from '../../domain/session/events.ts'

export type ActiveSessionRow = {
  readonly sessionId: SessionId
  readonly accountId: AccountId
  readonly roles: ReadonlySet<string>
  readonly claims: ReadonlyMap<string, ClaimValue>
  readonly factors: readonly string[]
  readonly grantedAt: Instant
  readonly lastSeenAt: Instant
  readonly idleExpiresAt: Instant
  readonly expiresAt: Instant
  readonly elevatedUntil: Instant | null
  /** The factor that it was elevated with, as long as `elevatedUntil` is set. */
  readonly elevatedBy: Factor | null
}
