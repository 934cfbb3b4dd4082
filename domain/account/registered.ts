import type { AccountId, BlindIndex, Fingerprint, SessionId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import type { ClaimValue } from './events.ts'

/** Sessions whose credentials were checked before `revision` are dead, except `kept`. */
type Ended = { readonly revision: number; readonly kept: SessionId | null }

export type Registered = {
  type: 'active' | 'disabled'
  revision: number
  accountId: AccountId
  /** What its logins are counted under: the index of the address, or of the key that an account without one began with. */
  loginIndex: BlindIndex
  /** The keys that log in, with the index that their logins are counted under. */
  identities: ReadonlyMap<Fingerprint, BlindIndex>
  emailIndex: BlindIndex | null
  email: Sealed | null
  /** Somebody opened a link that was mailed to it. */
  emailVerified: boolean
  emailRevision: number
  emailChangeRequestedAt: Instant | null
  passwordHash: Sealed
  /** Of the password, and of its hash. -1 while there is none. */
  passwordRevision: number
  /** The next login with it must replace it. */
  passwordChangeRequired: boolean
  hashRevision: number
  roles: ReadonlySet<string>
  claims: ReadonlyMap<string, ClaimValue>
  ended: Ended
  resetRequestedAt: Instant | null
}

export type State =
  | { type: 'absent'; revision: -1 }
  | { type: 'abandoned'; revision: number }
  | { type: 'erased'; revision: number; accountId: AccountId; emailIndex: BlindIndex | null; identities: readonly Fingerprint[] }
  | Registered
