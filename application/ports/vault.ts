import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import type { StoreFailure } from './event-store.ts'

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
