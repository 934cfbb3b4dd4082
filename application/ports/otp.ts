import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Undeliverable } from './mail.ts'

/** RFC 6238. With `deliver` the provider sends codes; without it codes come from an authenticator. `secret` is base32. */
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
