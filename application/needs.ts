import type { Task } from 'fp-ts/lib/Task.js'
import type { PasswordPolicy } from '../domain/account/password-policy.ts'
import type { ConsentPurpose } from '../domain/consent/purpose.ts'
import type { AccountId, BlindIndex, SessionId } from '../domain/kernel/ids.ts'
import type { Instant } from '../domain/kernel/instant.ts'
import type { Guessed } from '../domain/refused-guesses/events.ts'
import type { TotpSecret } from '../domain/second-factor/events.ts'
import type { Caller } from './caller.ts'
import type { Journal } from './journal/journal.ts'
import type { ComposeMail } from './notifications/compose-mail.ts'
import type { MailedPage, MailPace } from './notifications/mail-pace.ts'
import type { MailLanguage } from './notifications/texts/mail-texts.ts'
import type { IndexEmail, IndexFingerprint, IndexNetwork } from './ports/blind-index.ts'
import type { Blobs } from './ports/blobs.ts'
import type { NewId, Now } from './ports/clock.ts'
import type { EventStore, PayloadErasure } from './ports/event-store.ts'
import type { PasswordHasher } from './ports/hasher.ts'
import type { IdentityKeys } from './ports/keys/identity-keys.ts'
import type { QueueMail } from './ports/mail.ts'
import type { TakeName } from './ports/name-budget.ts'
import type { DrawQr, OtpProvider } from './ports/otp.ts'
import type { ReadCode, RecoveryCodes } from './ports/recovery-codes.ts'
import type { Derive, Tokens } from './ports/tokens.ts'
import type { Vault } from './ports/vault.ts'

type JournalPort = Journal & {
  /** Bytes beside the log, whose addresses are in it. */
  readonly blobs: Blobs
  /** Undefined where the log cannot be rewritten. */
  readonly payloads: (Pick<EventStore, 'read'> & Pick<PayloadErasure, 'erasePayloads'>) | undefined
  readonly now: Now
  readonly newId: NewId
  /** Recorded later, together with others. */
  readonly countRefusedAttempt: (identifier: BlindIndex, at: Instant) => void
  readonly countRefusedCode: () => void
  readonly countRefusedGuess: (guessed: Guessed, caller: Caller) => void
  /** Of the live sessions of an account all but the newest `limit`. */
  readonly sessionsBeyond: (accountId: AccountId, limit: number) => readonly SessionId[]
}

type CryptoPort = {
  readonly hasher: PasswordHasher
  readonly vault: Vault
  readonly indexEmail: IndexEmail
  readonly indexNetwork: IndexNetwork
  readonly indexFingerprint: IndexFingerprint
  readonly identityKeys: IdentityKeys
  readonly tokens: Tokens
  readonly otp: OtpProvider
  readonly readCode: ReadCode
  readonly recoveryCodes: RecoveryCodes
  readonly derive: Derive
  readonly drawQr: DrawQr
}

type MailPort = {
  readonly send: QueueMail
  readonly compose: ComposeMail
  /** Where the reader's is not known. */
  readonly defaultLanguage: MailLanguage
  /** Where a mailed link leads. Unless the operator chose otherwise, the token stands behind `#`, where no server logs it. */
  readonly link: (page: MailedPage, token: string) => string
  readonly pace: MailPace
}

/** What the former system is asked. */
export type LegacyPassword = { readonly email: string; readonly password: string; readonly accountId: AccountId }

type PolicyPort = {
  /** The public origin of the service, which every signature of an identity key names. */
  readonly origin: () => string
  readonly password: PasswordPolicy
  readonly maxSessions: number
  /** Milliseconds; null for no limit. */
  readonly challengeLifetime: number | null
  /** Whether a public list has it. */
  readonly isBreached: (password: string) => Task<boolean>
  /** How the secrets of new enrollments are kept. Existing enrollments stay as they are. */
  readonly totpSecrets: TotpSecret['mode']
  /** Asks the system that an account was imported from. False if there is none, or if it fails. */
  readonly isLegacyPassword: (claimed: LegacyPassword) => Task<boolean>
  readonly requiresSecondFactor: (roles: ReadonlySet<string>) => boolean
  /** Compares in constant time with the token that creates the first administrator. */
  readonly isSetupToken: (token: string) => boolean
  readonly takeName: TakeName
  readonly consents: readonly ConsentPurpose[]
}

export type Ports = {
  readonly journal: JournalPort
  readonly crypto: CryptoPort
  readonly mail: MailPort
  readonly policy: PolicyPort
}

export type Needs<Name extends keyof Ports> = Pick<Ports, Name>
