import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { StoreFailure } from '../application/ports/event-store.ts'
import { newId } from '../infrastructure/ids/new-id.ts'
import { type BlindIndexes, type IndexKeyFailure, openIndexKey } from '../infrastructure/sealing/keys/index-key.ts'
import { loadMasterKey, type MasterKeyFailure } from '../infrastructure/sealing/keys/master-key.ts'
import type { SystemKeyNeeds } from '../infrastructure/sealing/keys/system-key.ts'
import type { Settings } from './settings.ts'
import type { Storage } from './storage.ts'

type Keys = { readonly sealing: SystemKeyNeeds; readonly blindIndexes: BlindIndexes }

/** What all sealing stands on. Of those who start at the same moment on an empty log, one makes the keys, and all have them. */
export async function openKeys(
  { store, now, isNew }: Pick<Storage, 'store' | 'now' | 'isNew'>,
  settings: Settings,
): Promise<Either<StoreFailure | MasterKeyFailure | IndexKeyFailure, Keys>> {
  const { masterKey: MASTER_KEY, masterKeyFile: MASTER_KEY_FILE, dataDir } = settings
  const masterKey = loadMasterKey({ MASTER_KEY, MASTER_KEY_FILE, dataDir, logIsNew: isNew })
  if (isLeft(masterKey)) return masterKey
  const sealing = { store, now, newId, masterKey: masterKey.right }
  const blindIndexes = await openIndexKey(sealing)()
  return isLeft(blindIndexes) ? blindIndexes : right({ sealing, blindIndexes: blindIndexes.right })
}
