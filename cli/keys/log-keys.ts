import type { Database } from 'better-sqlite3'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { IndexNetwork } from '../../application/ports/blind-index.ts'
import type { EventStore } from '../../application/ports/event-store.ts'
import type { Derive } from '../../application/ports/tokens.ts'
import type { Vault } from '../../application/ports/vault.ts'
import type { StartFailure } from '../../composition/start-failure.ts'
import { monotoneClock } from '../../infrastructure/clock/monotone-clock.ts'
import type { Values } from '../../infrastructure/configuration/variables.ts'
import type { FileKind } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { readOnlyStore } from '../../infrastructure/event-store/sqlite/reader/read-only-store.ts'
import { sqliteReader } from '../../infrastructure/event-store/sqlite/reader/reader.ts'
import { openDerive } from '../../infrastructure/sealing/keys/derivation-key.ts'
import { openKeys } from '../../infrastructure/sealing/keys/open-keys.ts'
import { sealingVault } from '../../infrastructure/sealing/vault.ts'
import { partOfConfiguration } from '../configuration.ts'

/** `close` ends the connection to a store of a cluster. */
export type LogKeys = {
  readonly vault: Vault
  readonly derive: Derive
  readonly indexNetwork: IndexNetwork
  readonly close: () => Promise<void>
}

/** A node has no keys in its copy, so they are read from the store. */
const storeOf = async (log: Database, kind: FileKind, { EVENTSTOREDB_URL: url = '', NODE_ENV }: Partial<Values>) => {
  if (kind === 'log') return right({ store: readOnlyStore({ ...sqliteReader(log), close: async () => {} }) })
  const { openEventStoreDb } = await import('../../infrastructure/event-store/eventstoredb/open-event-store-db.ts')
  const opened = await openEventStoreDb({ url, development: NODE_ENV === 'development' })()
  return isLeft(opened) ? opened : right({ store: readOnlyStore(opened.right) })
}

type Given = Pick<Values, 'DATA_DIR' | 'MASTER_KEY' | 'MASTER_KEY_FILE'>

const keysIn = async (store: EventStore, given: Given): Promise<Either<StartFailure, LogKeys>> => {
  const keys = await openKeys({ store, now: monotoneClock({ seen: 0 }), isNew: false }, given)
  if (isLeft(keys)) return keys
  const { sealing, blindIndexes } = keys.right
  const derive = await openDerive(sealing)()
  if (isLeft(derive)) return derive
  return right({ vault: sealingVault(sealing), derive: derive.right, indexNetwork: blindIndexes.indexNetwork, close: store.close })
}

/** Opens what the log has sealed, beside a running server. Writes nothing, and leaves the log open. */
export async function openLogKeys(log: Database, kind: FileKind): Promise<Either<StartFailure, LogKeys>> {
  const values = partOfConfiguration('DATA_DIR', 'MASTER_KEY', 'MASTER_KEY_FILE', 'EVENTSTOREDB_URL', 'NODE_ENV')
  const opened = await storeOf(log, kind, values)
  if (isLeft(opened)) return opened
  const { store } = opened.right
  const keys = await keysIn(store, values)
  if (isLeft(keys)) await store.close()
  return keys
}
