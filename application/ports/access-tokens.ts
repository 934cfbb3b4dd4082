import type { Either } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ClaimValue } from '../../domain/account/events.ts'
import type { AccessTokenId, AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { StoreFailure } from './event-store.ts'
import type { KeyShredded } from './vault.ts'

export type TokenHolder = {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly roles: readonly string[]
  readonly claims: Readonly<Record<string, ClaimValue>>
  /** RFC 8176: `pwd`, `otp`, … */
  readonly factors: readonly string[]
  /** When the session was granted. */
  readonly authenticatedAt: Instant
  readonly elevatedUntil: Instant | null
  /** The earlier of idle and absolute expiry. */
  readonly endsAt: Instant
}

/** What is recorded of a token before it is signed. `issuedAt`: on the clock of other services. */
export type PlannedToken = { readonly tokenId: AccessTokenId; readonly issuedAt: Instant; readonly expiresAt: Instant }

/** `expiresIn`: whole seconds. */
export type AccessToken = { readonly accessToken: string; readonly expiresIn: number }

/** RFC 7638 thumbprint, and the JWK's `x`. */
export type PublicKey = { readonly kid: string; readonly publicKey: string }

export type PublicJwk = {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly alg: 'EdDSA'
  readonly use: 'sig'
  readonly kid: string
  readonly x: string
}

/** What a valid access token says (RFC 9068); times in seconds since 1970. */
export type AccessTokenClaims = {
  readonly sub: AccountId
  readonly sid: SessionId
  readonly roles: readonly string[]
  readonly claims: Readonly<Record<string, ClaimValue>>
  readonly amr: readonly string[]
  readonly auth_time: number
  readonly iat: number
  readonly exp: number
  readonly jti: string
  readonly elevated_until?: number
}

/** `expired_token`: it was valid. `keys_unavailable`: the issuer's keys cannot be fetched at the moment. */
export type AccessTokenRefusal = 'invalid_token' | 'expired_token' | 'keys_unavailable'

/** `expiresAt`: on the clock of the journal. */
export type OwnToken = Pick<AccessTokenClaims, 'sub' | 'sid'> & { readonly expiresAt: Instant }

export type AccessTokenFailure = StoreFailure | KeyShredded

export type AccessTokens = {
  readonly plan: (holder: TokenHolder) => PlannedToken
  /** What the holder has lost since the plan is left out. The token ends no later than planned. */
  readonly issue: (holder: TokenHolder, planned?: PlannedToken) => TaskEither<AccessTokenFailure, AccessToken>
  /** Of a token that was issued here. Whether its session goes on is another question. */
  readonly verify: (token: string) => Promise<Either<AccessTokenRefusal, OwnToken>>
  /** The current key and those that still verify. */
  readonly jwks: () => TaskEither<AccessTokenFailure, { readonly keys: readonly PublicJwk[] }>
  /**
   * Tokens that the old key signed stay valid until they expire. `olderThan`: milliseconds; a younger key stays. Of several nodes that do
   * it at once, one does. `isNew` is true for the others as well.
   */
  readonly rotate: (rotation?: {
    readonly olderThan?: number
    readonly actor?: string
  }) => TaskEither<AccessTokenFailure, { readonly kid: string; readonly isNew: boolean }>
}
