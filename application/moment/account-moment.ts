import type { ClaimValue } from '../../domain/account/events.ts'
import type { Fingerprint, SessionId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'

export type SessionAt = {
  readonly id: SessionId
  readonly grantedAt: Instant
  readonly lastSeenAt: Instant
  readonly idleExpiresAt: Instant
  readonly expiresAt: Instant
  /** Null unless it is elevated then. */
  readonly elevatedUntil: Instant | null
  readonly factors: readonly string[]
}

/**
 * An account as it was at `time`: after the event at `position`, the last one that was recorded until then. Locks, elevations and sessions are
 * those in force at `time`. `isWhole`: false where a part of it was erased since.
 */
export type AccountMoment = {
  readonly time: Instant
  readonly position: number
  readonly isWhole: boolean
  readonly status: 'absent' | 'active' | 'disabled' | 'erased'
  readonly invited: boolean
  readonly email: Sealed | null
  readonly emailVerified: boolean
  readonly passwordChangeRequired: boolean
  readonly roles: readonly string[]
  readonly claims: Readonly<Record<string, ClaimValue>>
  /** Wrong passwords of unknown devices that count. */
  readonly failures: number
  /** For logins of unknown devices. */
  readonly lockedUntil: Instant | null
  readonly deviceLocks: readonly { readonly id: string; readonly lockedUntil: Instant }[]
  readonly codesLockedUntil: Instant | null
  readonly codeEntryEnded: boolean
  readonly secondFactor: { readonly enrolled: boolean; readonly confirmedAt: Instant | null; readonly recoveryCodesLeft: number }
  readonly devices: readonly { readonly id: string; readonly rememberedAt: Instant }[]
  readonly keys: readonly { readonly id: Fingerprint; readonly sequence: number; readonly rotationUntil: Instant | null }[]
  /** Newest first. */
  readonly sessions: readonly SessionAt[]
  readonly consents: readonly { readonly id: string; readonly given: boolean; readonly version: string; readonly at: Instant }[]
}

export function absent(time: Instant, position: number, status: 'absent' | 'erased' = 'absent'): AccountMoment {
  return {
    ...{ time, position, status, isWhole: true, invited: false, email: null, emailVerified: false, passwordChangeRequired: false },
    ...{ roles: [], claims: {}, failures: 0, lockedUntil: null, deviceLocks: [], codesLockedUntil: null, codeEntryEnded: false },
    ...{ secondFactor: { enrolled: false, confirmedAt: null, recoveryCodesLeft: 0 }, devices: [], keys: [], sessions: [], consents: [] },
  }
}
