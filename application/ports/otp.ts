import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Undeliverable } from './mail.ts'

/** RFC 6238. With `deliver` the provider sends codes; otherwise an authenticator shows them. `secret` is base32. */
export type OtpProvider = {
  readonly name: string
  readonly newSecret: () => string
  /** From 20 or more derived bytes. */
  readonly secretOf: (bytes: Uint8Array) => string
  /** `otpauth://totp/…`; null if there is nothing to scan. */
  readonly uri: (secret: string, label: string) => string | null
  /** Within the provider's window around `at`. Constant time in the code. */
  readonly matchingStep: (secret: string, code: string, at: Instant) => number | null
  /** Of the code that would be delivered now; 30 seconds each, of `at`, if left out. */
  readonly timeStep?: (at: Instant) => number
  readonly deliver?: (
    secret: string,
    to: { readonly accountId: string; readonly email: string },
    at: Instant,
  ) => TaskEither<Undeliverable, void>
}

/** As a `data:image/svg+xml` URL. */
export type DrawQr = (text: string) => Task<string>
