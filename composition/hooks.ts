import type { EventStore, NewEvent } from '../application/ports/event-store.ts'
import type { PasswordHasher } from '../application/ports/hasher.ts'
import type { OtpProvider } from '../application/ports/otp.ts'
import type { NodeEvent } from '../infrastructure/cluster/follow-log.ts'
import type { HasherOptions } from '../infrastructure/hashing/argon2-password-hasher.ts'
import type { DeliveryFailure } from '../infrastructure/mail/delivery.ts'

export type Delivered = 'delivered' | 'undelivered'

/** What is outside of the core, where it is not the bare thing: who counts what happens; tests set the clock and count hashes. `wall`: milliseconds since 1970. */
export type Hooks = {
  readonly onWriterDeath?: () => void
  /** Called with what this process has appended when it is on disk and before anyone is answered. */
  readonly onCommitted?: (events: readonly NewEvent[]) => void
  /** How a node of a cluster fares. */
  readonly onNode?: (told: NodeEvent) => void
  /** What the core writes to and reads from, around the log that was opened. */
  readonly wrapStore?: (store: EventStore) => EventStore
  readonly wall?: () => number
  /** One's own way of making or bringing codes, in place of the configured one. */
  readonly otpProvider?: OtpProvider
  /** A fault in what runs behind an answer's back. */
  readonly onFault?: (error: unknown) => void
  readonly onUndelivered?: (failure: DeliveryFailure) => void
  /** What became of each mail, and of each code that was sent, by mail or another way. */
  readonly onMail?: (outcome: Delivered) => void
  readonly onCodeSent?: (outcome: Delivered) => void
  /** A code met a lock. */
  readonly onCodeRefused?: () => void
  readonly makeHasher?: (options: HasherOptions) => Promise<PasswordHasher>
}
