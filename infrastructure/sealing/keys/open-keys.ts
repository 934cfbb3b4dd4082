import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { StoreFailure } from '../../../application/ports/event-store.ts'
import type { LogStorage } from '../../event-store/log-storage.ts'
import { newId } from '../../ids/new-id.ts'
import { type BlindIndexes, type IndexKeyFailure, openIndexKey } from './index-key.ts'
import { loadMasterKey, type MasterKeyFailure } from './master-key.ts'
import type { SystemKeyNeeds } from './system-key.ts'

type Given = { readonly MASTER_KEY: string | undefined; readonly MASTER_KEY_FILE: string | undefined; readonly DATA_DIR: string }
type Keys = { readonly sealing: SystemKeyNeeds; readonly blindIndexes: BlindIndexes }

/** If several processes start on an empty log at once, one creates the keys and all get the same. */
export async function openKeys(
  { store, now, isNew }: Pick<LogStorage, 'store' | 'now' | 'isNew'>,
  { MASTER_KEY, MASTER_KEY_FILE, DATA_DIR: dataDir }: Given,
): Promise<Either<StoreFailure | MasterKeyFailure | IndexKeyFailure, Keys>> {
  const masterKey = loadMasterKey({ MASTER_KEY, MASTER_KEY_FILE, dataDir, logIsNew: isNew })
  if (isLeft(masterKey)) return masterKey
  const sealing = { store, now, newId, masterKey: masterKey.right }
  const blindIndexes = await openIndexKey(sealing)()
  return isLeft(blindIndexes) ? blindIndexes : right({ sealing, blindIndexes: blindIndexes.right })
}
