import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId, BlindIndex, SessionId, TokenHash } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'

/** RFC 8176 (`amr`). */
export const Factor = t.keyof({ pwd: null, otp: null })
export type Factor = t.TypeOf<typeof Factor>

const RefreshToken = t.strict({ hash: TokenHash, expiresAt: Instant })

/** Only hashes of tokens. Ended by a later event that ends the account's sessions than `accountRevision`. */
export const SessionGranted = defineEvent('SessionGranted', 1, {
  sessionId: SessionId,
  accountId: AccountId,
  accountRevision: t.number,
  tokenHash: TokenHash,
  refreshToken: t.union([RefreshToken, t.null]),
  factors: t.array(Factor),
  ipAddress: Sealed,
  networkIndex: BlindIndex,
  userAgent: t.union([Sealed, t.null]),
  at: Instant,
  idleExpiresAt: Instant,
  expiresAt: Instant,
})

/** A few times per idle period, never per request. */
export const SessionExtended = defineEvent('SessionExtended', 1, { at: Instant, idleExpiresAt: Instant })

/** The old token, the old refresh token and an elevation end here. */
export const RefreshTokenRotated = defineEvent('RefreshTokenRotated', 1, {
  tokenHash: TokenHash,
  refreshToken: RefreshToken,
  at: Instant,
  idleExpiresAt: Instant,
})

export const RefreshTokenReuseDetected = defineEvent('RefreshTokenReuseDetected', 1, { at: Instant })

/** The old token ends here, the refresh token stays. */
export const SessionElevated = defineEvent('SessionElevated', 1, { tokenHash: TokenHash, factor: Factor, at: Instant, until: Instant })

export const SessionRevoked = defineEvent('SessionRevoked', 1, {
  because: t.keyof({ logged_out: null, revoked_by_owner: null, refresh_token_reused: null }),
  at: Instant,
})

export const sessionEvents = [
  SessionGranted,
  SessionExtended,
  RefreshTokenRotated,
  RefreshTokenReuseDetected,
  SessionElevated,
  SessionRevoked,
] as const

export type SessionEvent = EventOf<(typeof sessionEvents)[number]>
export type RevocationReason = EventOf<typeof SessionRevoked>['data']['because']
