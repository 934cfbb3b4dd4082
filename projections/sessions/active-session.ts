import type { ClaimValue } from '../../domain/account/events.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'

/** What a guard needs to know. Times are milliseconds since 1970; whether they have passed is for the caller's clock to say. */
export type ActiveSessionRow = {
  readonly sessionId: SessionId
  readonly accountId: AccountId
  readonly roles: ReadonlySet<string>
  readonly claims: ReadonlyMap<string, ClaimValue>
  readonly factors: readonly string[]
  readonly grantedAt: number
  readonly lastSeenAt: number
  readonly idleExpiresAt: number
  readonly expiresAt: number
  readonly elevatedUntil: number | null
}
