import type { Task } from 'fp-ts/lib/Task.js'
import type { SessionGuardNeeds } from '../api/guards/require-session.ts'
import type { Positions } from '../api/http/positions.ts'
import type { Ports } from '../application/needs.ts'
import type { AccessTokens } from '../application/ports/access-tokens.ts'
import type { EventStore, StoreFailure } from '../application/ports/event-store.ts'
import type { EventStoreDbStartFailure } from '../infrastructure/event-store/eventstoredb/start-failure.ts'
import type { SqliteStartFailure } from '../infrastructure/event-store/sqlite/file/start-failure.ts'
import type { DerivationKeyFailure } from '../infrastructure/sealing/keys/derivation-key.ts'
import type { IndexKeyFailure } from '../infrastructure/sealing/keys/index-key.ts'
import type { MasterKeyFailure } from '../infrastructure/sealing/keys/master-key.ts'
import type { AccountQueries } from '../projections/accounts/account-queries.ts'
import type { AuditQueries } from '../projections/audit/audit-queries.ts'
import type { SessionLookup } from '../projections/sessions/session-lookup.ts'
import type { SessionQueries } from '../projections/sessions/session-queries.ts'
import type { Storage } from './storage.ts'

/** Why the core did not open. */
export type StartFailure =
  | SqliteStartFailure
  | EventStoreDbStartFailure
  | MasterKeyFailure
  | IndexKeyFailure
  | DerivationKeyFailure
  | StoreFailure

/** The core, open. */
export type Gatebook = {
  readonly store: EventStore
  readonly ports: Ports
  readonly queries: {
    readonly sessionQueries: SessionQueries
    readonly accountQueries: AccountQueries
    readonly auditQueries: AuditQueries
  }
  readonly find: SessionLookup['find']
  readonly seen: SessionGuardNeeds['seen']
  readonly accessTokens: AccessTokens
  /** Where the service is reached, once that is known: what tokens and mailed links name. */
  readonly setOrigin: (origin: string) => void
  readonly setupToken: { readonly token: string; readonly file: string | null }
  /** Runs behind the answer's back; a fault is told to whoever opened the core. */
  readonly inBackground: (task: Task<unknown>) => void
  /** All that was begun behind an answer's back is done. */
  readonly settled: () => Promise<void>
  /** Whether nobody was made the first administrator yet. */
  readonly awaitsSetup: () => Promise<boolean>
  /** How far in the log all read models are. */
  readonly readModelPosition: () => number
  readonly positions: Positions
  /** Undefined where the read models always are. */
  readonly isFresh: Storage['isFresh']
  /** Null when it can let people in. */
  readonly unready: Storage['unready']
  /** How this node stands to its cluster's log; undefined where there is no cluster. */
  readonly node: Storage['node']
  readonly close: () => Promise<void>
}
