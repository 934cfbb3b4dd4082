import type { Task } from 'fp-ts/lib/Task.js'
import type { SessionGuardNeeds } from '../api/guards/require-session.ts'
import type { RefusedRequest } from '../application/access/refused-authorization.ts'
import type { Ports } from '../application/needs.ts'
import type { AccessTokens } from '../application/ports/access-tokens.ts'
import type { ObserveCommits } from '../application/ports/commit-observer.ts'
import type { Refolded } from '../infrastructure/background/refold-job.ts'
import type { Logo } from '../infrastructure/branding/read-logo.ts'
import type { LogStorage } from '../infrastructure/event-store/log-storage.ts'
import type { HashLoad } from '../infrastructure/hashing/hash-queue.ts'
import type { MailLoad } from '../infrastructure/mail/open-mail.ts'
import type { Proofs } from '../infrastructure/proofs/open-proofs.ts'
import type { ReadModels } from './open-read-models.ts'

export type Storage = LogStorage & { readonly models: ReadModels }

export type Gatebook = Pick<Storage, 'store' | 'isFresh' | 'unready' | 'node' | 'positions' | 'close'> & {
  readonly ports: Ports
  readonly queries: ReadModels['queries']
  readonly log: ReadModels['log']
  readonly find: ReadModels['lookup']['find']
  readonly seen: SessionGuardNeeds['seen']
  readonly observeCommits: ObserveCommits
  readonly accessTokens: AccessTokens
  readonly countRefusedRequest: (refused: RefusedRequest) => void
  /** What tokens and mailed links name, once it is known. */
  readonly setOrigin: (origin: string) => void
  readonly setupToken: { readonly token: string; readonly file: string | null }
  readonly inBackground: (task: Task<unknown>) => void
  readonly settled: () => Promise<void>
  readonly awaitsSetup: () => Promise<boolean>
  readonly readModelPosition: () => number
  readonly load: { readonly hashing: () => HashLoad; readonly mail: () => MailLoad }
  /** Where its files are, for `EVENT_STORE=memory` too. */
  readonly dataDir: string
  readonly proofs: Proofs
  /** The last comparison of the read models with the log, and one more now. */
  readonly refold: { readonly last: () => Refolded | null; readonly run: () => Promise<void> }
  readonly logo: Logo | null
  /** Back ends that may ask for many people: `name:token`. */
  readonly services: readonly string[]
}
