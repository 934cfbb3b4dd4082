import type { OwnMailTexts } from '../../application/notifications/compose-mail.ts'
import type { MailKind } from '../../application/notifications/texts/mail-texts.ts'
import type { EventStore, NewEvent } from '../../application/ports/event-store.ts'
import type { PasswordHasher } from '../../application/ports/hasher.ts'
import type { SendMail } from '../../application/ports/mail.ts'
import type { OtpProvider } from '../../application/ports/otp.ts'
import type { Refolded } from '../background/refold-job.ts'
import type { BreachOutcome } from '../breached/breached-passwords.ts'
import type { ClockEvent } from '../clock/trusted-clock.ts'
import type { NodeEvent } from '../cluster/follow-log.ts'
import type { TreeFailure } from '../event-store/sqlite/proofs/tree/tree-messages.ts'
import type { HasherOptions, HashFault } from '../hashing/argon2-password-hasher.ts'
import type { LegacyFault, VerifyLegacyPassword } from '../hashing/imported/legacy-passwords.ts'
import type { DeliveryFailure } from '../mail/delivery.ts'
import type { SendingVariable } from '../proofs/sending/target.ts'
import type { WitnessOutcome } from '../proofs/witnesses/ask-witnesses.ts'

export type DeliveryOutcome = 'delivered' | 'failed'

export type Hooks = {
  readonly onWriterDeath?: () => void
  /** Called for what this process has appended, once it is on disk and before the response is sent. */
  readonly onCommitted?: (events: readonly NewEvent[]) => void
  readonly onNode?: (event: NodeEvent) => void
  readonly wrapStore?: (store: EventStore) => EventStore
  readonly wrapMail?: (send: SendMail) => SendMail
  /** Milliseconds since 1970. */
  readonly wall?: () => number
  /** Monotonic milliseconds. */
  readonly elapsed?: () => number
  readonly onClock?: (event: ClockEvent | { readonly type: 'ahead' | 'behind' }) => void
  readonly otpProvider?: OtpProvider
  readonly mailTexts?: OwnMailTexts
  /** Called when a text of the host app cannot be used. */
  readonly onMailText?: (kind: MailKind, error: unknown) => void
  /** Called when a background task throws. */
  readonly onFault?: (error: unknown) => void
  /** Called after each try with the number of interrupted erasures that still could not be completed, 0 included. */
  readonly onErasuresOwed?: (owed: number) => void
  /** The same for changes of an email address. */
  readonly onEmailChangesOwed?: (owed: number) => void
  /** Called when another node put another lockout or session policy in force. */
  readonly onOtherPolicy?: () => void
  readonly onUndelivered?: (failure: DeliveryFailure) => void
  readonly onMail?: (outcome: DeliveryOutcome) => void
  /** Called at most once a minute while the log fails. */
  readonly onStoreFailed?: (detail: string) => void
  readonly onWriteRecovered?: () => void
  readonly onCodeSent?: (outcome: DeliveryOutcome) => void
  /** Called when a code is refused because code entry is locked. */
  readonly onCodeRefused?: () => void
  readonly verifyLegacyPassword?: VerifyLegacyPassword
  /** Called when the password of an account whose password is kept elsewhere could not be checked. */
  readonly onLegacyFault?: (fault: LegacyFault) => void
  /** Called when a hash could not be read or computed. It names no account. */
  readonly onHashFault?: (fault: HashFault) => void
  /** Called after each comparison of the read models with the log. It names no account. */
  readonly onRefolded?: (refolded: Refolded) => void
  /** Called with each new failure of the proofs, and with null when it is over. */
  readonly onProofs?: (failure: TreeFailure | null) => void
  /** Called with each new failure to send checkpoints to what a variable names, and with null when it is over. */
  readonly onCheckpointSent?: (variable: SendingVariable, failure: string | null) => void
  /** Called with each answer of a witness, or its absence. */
  readonly onWitness?: (outcome: WitnessOutcome) => void
  readonly onBreachCheck?: (outcome: BreachOutcome) => void
  readonly makeHasher?: (options: HasherOptions) => Promise<PasswordHasher>
}
