import type { Database } from 'better-sqlite3'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { EventStore, StoreFailure } from '../../application/ports/event-store.ts'
import type { Derive } from '../../application/ports/tokens.ts'
import type { Vault } from '../../application/ports/vault.ts'
import type { StartFailure } from '../../composition/start-failure.ts'
import { instant } from '../../domain/kernel/instant.ts'
import type { Values } from '../../infrastructure/configuration/variables.ts'
import { sqliteReader } from '../../infrastructure/event-store/sqlite/reader/reader.ts'
import { newId } from '../../infrastructure/ids/new-id.ts'
import { openDerive } from '../../infrastructure/sealing/keys/derivation-key.ts'
import { loadMasterKey } from '../../infrastructure/sealing/keys/master-key.ts'
import { sealingVault } from '../../infrastructure/sealing/vault.ts'

export type KeyValues = Pick<Values, 'DATA_DIR' | 'MASTER_KEY' | 'MASTER_KEY_FILE' | 'EVENTSTOREDB_URL' | 'NODE_ENV'>

/** `close` ends the connection to a store of a cluster. */
export type LogKeys = { readonly vault: Vault; readonly derive: Derive; readonly close: () => Promise<void> }

const readOnly: StoreFailure = { type: 'unavailable', detail: 'the log is only read here' }

const readingOnly = (store: Pick<EventStore, 'read' | 'readAll' | 'head'>): EventStore => ({
  ...store,
  append: () => async () => left(readOnly),
  deleteKeyStream: () => async () => left(readOnly),
  subscribe: () => {
    throw new TypeError(readOnly.detail)
  },
  close: async () => {},
})

/** A node has no keys in its copy, so they are read from the store. */
const storeOf = async (log: Database, isCopy: boolean, { EVENTSTOREDB_URL: url = '', NODE_ENV }: KeyValues) => {
  if (!isCopy) return right({ store: readingOnly(sqliteReader(log)), close: async () => {} })
  const { openEventStoreDb } = await import('../../infrastructure/event-store/eventstoredb/open-event-store-db.ts')
  const opened = await openEventStoreDb({ url, development: NODE_ENV === 'development' })()
  return isLeft(opened) ? opened : right({ store: readingOnly(opened.right), close: opened.right.close })
}

/** Opens what the log has sealed, and writes nothing. */
export async function openLogKeys(log: Database, isCopy: boolean, values: KeyValues): Promise<Either<StartFailure, LogKeys>> {
  const { MASTER_KEY, MASTER_KEY_FILE, DATA_DIR: dataDir } = values
  const masterKey = loadMasterKey({ MASTER_KEY, MASTER_KEY_FILE, dataDir, logIsNew: false })
  if (isLeft(masterKey)) return masterKey
  const opened = await storeOf(log, isCopy, values)
  if (isLeft(opened)) return opened
  const { store, close } = opened.right
  const sealing = { store, now: () => instant(Date.now()), newId, masterKey: masterKey.right }
  const derive = await openDerive(sealing)()
  if (!isLeft(derive)) return right({ vault: sealingVault(sealing), derive: derive.right, close })
  await close()
  return derive
}
