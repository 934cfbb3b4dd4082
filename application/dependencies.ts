import type { PasswordPolicy } from '../domain/account/password-policy.ts'
import type { BlindIndex } from '../domain/kernel/ids.ts'
import type { Instant } from '../domain/kernel/instant.ts'
import type { Aggregates } from './aggregates.ts'
import type { Journal } from './handle.ts'
import type { IndexEmail, NewId, Now, PasswordHasher, Tokens, Vault } from './ports.ts'

/** All that the use cases draw on; each names the few that it needs with `Needs`. */
export type Dependencies = Journal & {
  readonly aggregates: Aggregates
  readonly now: Now
  readonly newId: NewId
  readonly hasher: PasswordHasher
  readonly vault: Vault
  readonly indexEmail: IndexEmail
  readonly tokens: Tokens
  /** An attempt met a lock; counted, and recorded folded. */
  readonly noteRefusal: (identifier: BlindIndex, at: Instant) => void
  readonly passwordPolicy: PasswordPolicy
  /** Compares in constant time with the token that makes the first administrator. */
  readonly isSetupToken: (token: string) => boolean
}

export type Needs<Name extends keyof Dependencies> = Pick<Dependencies, Name>
