import { isLeft } from 'fp-ts/lib/Either.js'
import type { IndexNetwork } from '../../application/ports/blind-index.ts'
import type { EventStore } from '../../application/ports/event-store.ts'
import { startFailureText } from '../../composition/start-failure.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { monotoneClock } from '../../infrastructure/clock/monotone-clock.ts'
import { logFile } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import { openSqliteReader } from '../../infrastructure/event-store/sqlite/reader/reader.ts'
import { openKeys } from '../../infrastructure/sealing/keys/open-keys.ts'
import { sealingVault } from '../../infrastructure/sealing/vault.ts'
import { partOfConfiguration } from '../configuration.ts'
import { fail, stopWith } from '../fail.ts'
import { exits } from '../operator/exit-codes.ts'

export type ReadOnlyKeys = {
  readonly indexNetwork: IndexNetwork
  /** `null` for a value that can no longer be decrypted. */
  readonly addressIn: (sealed: Sealed | null) => Promise<string | null>
  readonly close: () => Promise<void>
}

const readOnly = () => {
  throw new Error('the log is only read here')
}

/** Beside a running server: reads data keys and writes nothing. */
export async function openKeysForReading(): Promise<ReadOnlyKeys> {
  const { EVENT_STORE, ...given } = partOfConfiguration('DATA_DIR', 'EVENT_STORE', 'MASTER_KEY', 'MASTER_KEY_FILE')
  if (EVENT_STORE === 'eventstoredb') stopWith(exits.wrongArguments, 'A node has no data keys: use GET /api/1/audit/export')
  const reader = openSqliteReader(logFile(given.DATA_DIR))
  if (isLeft(reader)) return fail(reader.left.detail)
  const store: EventStore = { ...reader.right, append: readOnly, subscribe: readOnly, deleteKeyStream: readOnly }
  const keys = await openKeys({ store, now: monotoneClock({ seen: 0 }), isNew: false }, given)
  if (isLeft(keys)) return fail(startFailureText(keys.left))
  const vault = sealingVault(keys.right.sealing)
  return {
    indexNetwork: keys.right.blindIndexes.indexNetwork,
    addressIn: async (sealed) => {
      if (sealed === null) return null
      const plain = await vault.unseal('address', sealed)()
      return isLeft(plain) ? null : plain.right
    },
    close: store.close,
  }
}
