import type { PasswordPolicy } from '../domain/account/password-policy.ts'
import type { Registered } from '../domain/account/state.ts'
import type { BlindIndex } from '../domain/kernel/ids.ts'
import type { Instant } from '../domain/kernel/instant.ts'
import type { TotpSecret } from '../domain/second-factor/events.ts'
import type { Aggregates } from './journal/aggregates.ts'
import type { Journal } from './journal/journal.ts'
import type { Notice } from './notifications/notice.ts'
import type {
  Derive,
  DrawQr,
  IndexEmail,
  IndexNetwork,
  NewId,
  Now,
  OtpProvider,
  PasswordHasher,
  SendMail,
  Tokens,
  Vault,
} from './ports/ports.ts'
import type { RecoveryCodes } from './ports/recovery-codes.ts'

/** All that the use cases draw on; each names the few that it needs with `Needs`. */
export type Dependencies = Journal & {
  readonly aggregates: Aggregates
  readonly now: Now
  readonly newId: NewId
  readonly hasher: PasswordHasher
  readonly vault: Vault
  readonly indexEmail: IndexEmail
  readonly indexNetwork: IndexNetwork
  readonly tokens: Tokens
  /** An attempt met a lock; counted, and recorded folded. */
  readonly noteRefusal: (identifier: BlindIndex, at: Instant) => void
  readonly passwordPolicy: PasswordPolicy
  readonly otp: OtpProvider
  /** A code met a lock: counted. */
  readonly noteCodeRefusal: () => void
  readonly recoveryCodes: RecoveryCodes
  readonly derive: Derive
  readonly drawQr: DrawQr
  /** How the secrets of new enrolments are kept; those there are stay as they are. */
  readonly totpSecrets: TotpSecret['mode']
  /** Whether one of these roles needs a second factor. */
  readonly needsSecondFactor: (roles: ReadonlySet<string>) => boolean
  readonly sendMail: SendMail
  /** The address of the page that a mailed link leads to; the ticket stands behind `#`, where no server logs it. */
  readonly link: (page: 'reset' | 'register', ticket: string) => string
  /** Tells the owner by mail, behind the answer's back. */
  readonly notify: (account: Pick<Registered, 'email'>, notice: Notice) => void
  /** Compares in constant time with the token that makes the first administrator. */
  readonly isSetupToken: (token: string) => boolean
}

export type Needs<Name extends keyof Dependencies> = Pick<Dependencies, Name>
