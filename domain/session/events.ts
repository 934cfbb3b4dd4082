import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccessTokenId, AccountId, AttemptId, BlindIndex, SessionId, Sha256, TokenHash } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'
import { UsedKey } from '../kernel/used-key.ts'

/** RFC 8176 (`amr`). `pop`: a key of the account signed. */
export const Factor = t.keyof({ pwd: null, otp: null, pop: null })
export type Factor = t.TypeOf<typeof Factor>

const RefreshToken = t.strict({ hash: TokenHash, expiresAt: Instant })

/** `host`: the host app knows who it is, in its own way. */
export const SessionFactor = t.keyof({ pwd: null, otp: null, pop: null, host: null })
export type SessionFactor = t.TypeOf<typeof SessionFactor>

/** Only hashes of tokens. Ended by a later event that ends the account's sessions than `accountRevision`, and by a later key in the place of `key`. */
export const SessionGranted = defineEvent('SessionGranted', 3, {
  sessionId: SessionId,
  accountId: AccountId,
  accountRevision: t.number,
  tokenHash: TokenHash,
  refreshToken: t.union([RefreshToken, t.null]),
  factors: t.array(SessionFactor),
  key: t.union([UsedKey, t.null]),
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
export const SessionElevated = defineEvent('SessionElevated', 2, { tokenHash: TokenHash, factor: Factor, at: Instant, until: Instant })

/** The factor is gone, so what the session proved with it no longer counts. Ends an elevation. */
export const SessionFactorWithdrawn = defineEvent('SessionFactorWithdrawn', 2, { factor: Factor, at: Instant })

export const ReauthenticationPurpose = t.keyof({
  elevation: null,
  password_change: null,
  erasure: null,
  confirmation: null,
  removal: null,
  recovery_codes: null,
  email_change: null,
})
export type ReauthenticationPurpose = t.TypeOf<typeof ReauthenticationPurpose>

/** Recorded before the password or the code is checked. Each session has a budget of its own. */
export const ReauthenticationAttempted = defineEvent('ReauthenticationAttempted', 2, {
  attemptId: AttemptId,
  purpose: ReauthenticationPurpose,
  at: Instant,
})

export const ReauthenticationSucceeded = defineEvent('ReauthenticationSucceeded', 1, { attemptId: AttemptId, at: Instant })

export const ReauthenticationFailed = defineEvent('ReauthenticationFailed', 1, { attemptId: AttemptId, at: Instant })

/** Recorded before the token is given out. `tokenId`: its `jti`. */
export const AccessTokenIssued = defineEvent('AccessTokenIssued', 1, { tokenId: AccessTokenId, expiresAt: Instant, at: Instant })

export const SessionRevoked = defineEvent('SessionRevoked', 3, {
  because: t.keyof({
    logged_out: null,
    revoked_by_owner: null,
    revoked_by_admin: null,
    revoked_by_host: null,
    refresh_token_reused: null,
    too_many_failures: null,
    too_many_sessions: null,
  }),
  at: Instant,
})

/** The state of an active session, so that reading can start here. */
export const SessionSummarized = defineEvent('SessionSummarized', 3, {
  sessionId: SessionId,
  accountId: AccountId,
  accountRevision: t.number,
  tokenHash: TokenHash,
  refreshToken: t.union([
    t.strict({
      hash: TokenHash,
      expiresAt: Instant,
      counter: t.number,
      previous: t.union([t.strict({ hash: TokenHash, rotatedAt: Instant }), t.null]),
    }),
    t.null,
  ]),
  factors: t.array(SessionFactor),
  key: t.union([UsedKey, t.null]),
  failedAttempts: t.number,
  pendingAttempts: t.array(t.strict({ attemptId: AttemptId, at: Instant })),
  grantedAt: Instant,
  lastSeenAt: Instant,
  idleExpiresAt: Instant,
  expiresAt: Instant,
  elevatedUntil: t.union([Instant, t.null]),
  at: Instant,
})

/**
 * Stands in the place of the grant of a session that has expired: its version, session, account and times, and the hash of its data as it
 * was stored.
 */
export const SessionPayloadErased = defineEvent('SessionPayloadErased', 1, {
  eventVersion: t.number,
  sessionId: SessionId,
  accountId: AccountId,
  sha256: Sha256,
  at: Instant,
  expiresAt: Instant,
})

export const sessionEvents = [
  SessionGranted,
  SessionExtended,
  RefreshTokenRotated,
  RefreshTokenReuseDetected,
  SessionElevated,
  SessionFactorWithdrawn,
  ReauthenticationAttempted,
  ReauthenticationSucceeded,
  ReauthenticationFailed,
  AccessTokenIssued,
  SessionRevoked,
  SessionSummarized,
  SessionPayloadErased,
] as const

export type SessionEvent = EventOf<(typeof sessionEvents)[number]>
export type RevocationReason = EventOf<typeof SessionRevoked>['data']['because']
