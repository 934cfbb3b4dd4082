import type { Either } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { BlindIndex, TokenHash } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import type { StoreFailure } from './event-store.ts'

/** Wall time that never goes back: the highest seen so far, across restarts. */
export type Now = () => Instant

/** A UUIDv7. */
export type NewId = () => string

/** The queue in front of the hash is full. `retryAfter` is whole seconds. */
export type Overloaded = { readonly type: 'overloaded'; readonly retryAfter: number }

/** A place in front of the hash, taken before an attempt is counted, so that an overloaded server counts nothing against anybody. */
export type HashSlot = {
  /** `null` for a name that nobody has: the same work against a dummy, and no. Uses the slot up. */
  readonly verify: (password: string, hash: string | null) => Task<{ readonly matched: boolean; readonly outdated: boolean }>
  /** Gives the place back unused. */
  readonly release: () => void
}

export type PasswordHasher = {
  /** `argon2:$argon2id$…` */
  readonly hash: (password: string) => TaskEither<Overloaded, string>
  readonly reserve: () => Either<Overloaded, HashSlot>
}

/** What a sealed value is for; part of its additional data. */
export type Purpose =
  | 'email'
  | 'password_hash'
  | 'address'
  | 'user_agent'
  | 'totp_secret'
  | 'totp_salt'
  | 'recovery_salt'
  | 'signing_key'
  | 'password_reset'
  | 'registration'

/** The person's key is gone (erased), or was never made. */
export type KeyShredded = { readonly type: 'key_shredded' }

export type Vault = {
  /** Makes the person's data key if there is none, and seals under it. */
  readonly seal: (person: string, purpose: Purpose, plain: string) => TaskEither<StoreFailure | KeyShredded, Sealed>
  readonly unseal: (purpose: Purpose, sealed: Sealed) => TaskEither<StoreFailure | KeyShredded, string>
  /** Deletes the person's key: whatever was sealed for them is gone. */
  readonly shred: (person: string) => TaskEither<StoreFailure, void>
}

/** HMAC-SHA-256 of the canonical address under a key of its own. */
export type IndexEmail = (canonicalEmail: string) => BlindIndex

/** The same for a network address as `Caller.network` writes it. */
export type IndexNetwork = (network: string) => BlindIndex

export type Tokens = {
  /** 256 random bits, base64url. */
  readonly make: () => string
  readonly hash: (token: string) => TokenHash
}

/** A code went nowhere. */
export type Undeliverable = { readonly type: 'undeliverable' }

/**
 * Who makes and checks one-time codes (RFC 6238). A provider that delivers codes (SMS, e-mail) sends the code of the current step; one without `deliver` is
 * an authenticator in the person's hand. `secret` is base32.
 */
export type OtpProvider = {
  readonly name: string
  /** A new secret of 160 bits. */
  readonly newSecret: () => string
  /** A secret out of 20 or more derived bytes. */
  readonly secretOf: (bytes: Uint8Array) => string
  /** `otpauth://totp/…`; null where there is nothing to scan. */
  readonly uri: (secret: string, label: string) => string | null
  /** The time step that the code is right for, within the provider's window around `at`, or null. Constant time in the code. */
  readonly matchingStep: (secret: string, code: string, at: Instant) => number | null
  readonly deliver?: (
    secret: string,
    to: { readonly accountId: string; readonly email: string },
    at: Instant,
  ) => TaskEither<Undeliverable, void>
}

/** A QR picture of a text, as a `data:image/svg+xml` URL. */
export type DrawQr = (text: string) => Task<string>

export type Mail = { readonly to: string; readonly subject: string; readonly text: string }

/** Accepted for delivery; whether it arrives nobody knows. */
export type SendMail = (mail: Mail) => TaskEither<Undeliverable, void>

/** Keyed and derived secrets that hang on the master key, each under a purpose of its own. */
export type Derive = (purpose: 'totp' | 'recovery' | 'recovery_code_hash', ...parts: readonly string[]) => Uint8Array
