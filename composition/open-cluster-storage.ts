import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import { openClusterNode } from '../infrastructure/cluster/open-cluster-node.ts'
import type { Values } from '../infrastructure/configuration/variables.ts'
import { openEventStoreDb } from '../infrastructure/event-store/eventstoredb/open-event-store-db.ts'
import type { EventStoreDbStartFailure } from '../infrastructure/event-store/eventstoredb/start-failure.ts'
import type { SqliteStartFailure } from '../infrastructure/event-store/sqlite/file/start-failure.ts'
import { newestCopied, newestRecordedAt } from '../infrastructure/event-store/sqlite/replica/newest-copied.ts'
import type { Hooks } from '../infrastructure/observability/hooks.ts'
import type { Storage } from './gatebook.ts'
import { openReadModels } from './open-read-models.ts'

export function openReplicaModels(file: string) {
  const models = openReadModels(file, 'copy')
  const { db } = models
  return { ...models, newestCopied: newestCopied(db), newestRecordedAt: () => newestRecordedAt(db), close: () => void db.close() }
}

/** No failure repeats the connection string. */
export async function openClusterStorage(
  { DATA_DIR: dataDir, EVENTSTOREDB_URL: url = '', MAX_STALENESS_MS: maxStaleness, ACCEPT_CLOCK_JUMP, NODE_ENV }: Values,
  hooks: Hooks,
): Promise<Either<SqliteStartFailure | EventStoreDbStartFailure, Storage>> {
  const store = await openEventStoreDb({ url, development: NODE_ENV === 'development' })()
  if (isLeft(store)) {
    const variable = store.left.type === 'no_client' ? 'EVENT_STORE' : 'EVENTSTOREDB_URL'
    return left({ ...store.left, detail: `${variable}: ${store.left.detail}` })
  }
  const node = await openClusterNode(
    store.right,
    { dataDir, maxStaleness, openModels: openReplicaModels, acceptClockJump: ACCEPT_CLOCK_JUMP },
    hooks,
  )
  if (isLeft(node)) await store.right.close()
  return node
}
