import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { Values } from '../infrastructure/configuration/variables.ts'
import { temporaryDataDir } from '../infrastructure/data-dir/temporary-data-dir.ts'
import type { Hooks } from '../infrastructure/observability/hooks.ts'
import { proofsOf } from '../infrastructure/proofs/proofs-of.ts'
import { readConfiguredFiles } from './core/configured-files.ts'
import { openOnStorage } from './core/open-on-storage.ts'
import type { Gatebook, Storage } from './gatebook.ts'
import { openEmbeddedStorage } from './open-embedded-storage.ts'
import { keepRefolding } from './refold/keep-refolding.ts'
import type { StartFailure } from './start-failure.ts'

type Opening = Promise<Either<StartFailure, Gatebook>>

/** Imported only where it is used: the client of the cluster takes an eighth of the time of an embedded start. */
const openCluster = async (values: Values, outside: Hooks): Promise<Either<StartFailure, Storage>> => {
  const { openClusterStorage } = await import('./open-cluster-storage.ts')
  return openClusterStorage(values, outside)
}

const openKept = async (values: Values, outside: Hooks): Opening => {
  const open = values.EVENT_STORE === 'eventstoredb' ? openCluster : openEmbeddedStorage
  const files = await readConfiguredFiles(values)
  if (isLeft(files)) return files
  const { logo, consents, services } = files.right
  const ground = await open(values, outside)
  if (isLeft(ground)) return ground
  const opened = await openOnStorage(ground.right, values, consents, outside)
  if (isLeft(opened)) {
    await ground.right.close()
    return opened
  }
  const proofs = proofsOf(opened.right, values, outside)
  const refold = keepRefolding(opened.right, values, outside)
  const close = async () => {
    await refold.stop()
    await proofs.close()
    await opened.right.close()
  }
  return right({ ...opened.right, proofs, refold, close, logo, services: [...values.SERVICE_TOKENS, ...services] })
}

/** On failure nothing has changed and nothing stays open. */
export async function openCore(values: Values, outside: Hooks = {}): Opening {
  if (values.EVENT_STORE !== 'memory') return openKept(values, outside)
  const { dataDir, remove } = temporaryDataDir()
  const opened = await openKept({ ...values, DATA_DIR: dataDir, BLOB_DIR: undefined }, outside)
  if (isLeft(opened)) {
    remove()
    return opened
  }
  return right({ ...opened.right, close: () => opened.right.close().finally(remove) })
}
