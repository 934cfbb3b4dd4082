import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import { openClusterNode } from '../infrastructure/cluster/open-cluster-node.ts'
import { openEventStoreDb } from '../infrastructure/event-store/eventstoredb/open-event-store-db.ts'
import type { EventStoreDbStartFailure } from '../infrastructure/event-store/eventstoredb/start-failure.ts'
import type { SqliteStartFailure } from '../infrastructure/event-store/sqlite/file/start-failure.ts'
import type { Hooks } from './hooks.ts'
import type { ClusterSettings } from './settings.ts'
import type { Storage } from './storage.ts'

/** The log of a cluster, and the file of this node that comes after it. The connection string stands in no failure. */
export async function openClusterStorage(
  dataDir: string,
  { url, development, maxStaleness }: ClusterSettings,
  outside: Hooks,
): Promise<Either<SqliteStartFailure | EventStoreDbStartFailure, Storage>> {
  const store = await openEventStoreDb({ url, development })()
  if (isLeft(store)) return left({ ...store.left, detail: `EVENTSTOREDB_URL: ${store.left.detail}` })
  const ground = await openClusterNode(store.right, { dataDir, maxStaleness }, outside)
  if (isLeft(ground)) await store.right.close()
  return ground
}
