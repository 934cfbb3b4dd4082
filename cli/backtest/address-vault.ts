import type { Database } from 'better-sqlite3'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Vault } from '../../application/ports/vault.ts'
import { monotoneClock } from '../../infrastructure/clock/monotone-clock.ts'
import type { FileKind } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { readOnlyStore } from '../../infrastructure/event-store/sqlite/reader/read-only-store.ts'
import { sqliteReader } from '../../infrastructure/event-store/sqlite/reader/reader.ts'
import { newId } from '../../infrastructure/ids/new-id.ts'
import { loadMasterKey } from '../../infrastructure/sealing/keys/master-key.ts'
import { sealingFailureText } from '../../infrastructure/sealing/sealing-failure-text.ts'
import { sealingVault } from '../../infrastructure/sealing/vault.ts'
import { partOfConfiguration } from '../configuration.ts'

const none = (why: string) => {
  console.error(`No address can be opened, so blockedAddresses refuses nothing: ${why}.`)
  return null
}

/** Opens addresses with the master key. Null, and a sentence, where there is none. */
export function addressVault(db: Database, kind: FileKind): Pick<Vault, 'unseal'> | null {
  if (kind === 'copy') return none('with EVENT_STORE=eventstoredb the keys are in EventStoreDB; ask the server (POST /audit/backtest)')
  const { DATA_DIR: dataDir, MASTER_KEY, MASTER_KEY_FILE } = partOfConfiguration('DATA_DIR', 'MASTER_KEY', 'MASTER_KEY_FILE')
  const masterKey = loadMasterKey({ MASTER_KEY, MASTER_KEY_FILE, dataDir, logIsNew: false })
  if (isLeft(masterKey)) return none(sealingFailureText(masterKey.left))
  return sealingVault({ store: readOnlyStore(sqliteReader(db)), newId, now: monotoneClock({ seen: 0 }), masterKey: masterKey.right })
}
