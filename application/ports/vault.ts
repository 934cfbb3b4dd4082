import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import type { StoreFailure } from './event-store.ts'

/** Part of the additional data of a sealed value. */
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
  | 'invitation'
  | 'device'
  | 'profile'
  | 'language'
  | 'blob'
  | 'blob_signature'

/** Erased, or never made. */
export type KeyShredded = { readonly type: 'key_shredded' }

export type Vault = {
  /** Creates the person's data key if there is none. */
  readonly seal: (person: string, purpose: Purpose, plain: string) => TaskEither<StoreFailure | KeyShredded, Sealed>
  readonly unseal: (purpose: Purpose, sealed: Sealed) => TaskEither<StoreFailure | KeyShredded, string>
  /** Everything sealed for the person becomes unreadable. */
  readonly shred: (person: string) => TaskEither<StoreFailure, void>
}
