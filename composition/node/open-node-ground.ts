import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import { openEventStoreDb } from '../../infrastructure/event-store/eventstoredb/open-event-store-db.ts'
import type { EventStoreDbStartFailure } from '../../infrastructure/event-store/eventstoredb/start-failure.ts'
import type { SqliteStartFailure } from '../../infrastructure/event-store/sqlite/start-failure.ts'
import type { Ground } from '../ground.ts'
import type { Outside } from '../outside.ts'
import type { ClusterSettings } from '../settings.ts'
import { standOnLog } from './stand-on-log.ts'

/** The log of a cluster, and the file of this node that comes after it. The connection string stands in no failure. */
export const openNodeGround = async (
  dataDir: string,
  { url, development, maxStaleness }: ClusterSettings,
  outside: Outside,
): Promise<Either<SqliteStartFailure | EventStoreDbStartFailure, Ground>> => {
  const store = await openEventStoreDb({ url, development })()
  if (isLeft(store)) return left({ ...store.left, detail: `EVENTSTOREDB_URL: ${store.left.detail}` })
  const ground = await standOnLog(store.right, { dataDir, maxStaleness }, outside)
  if (isLeft(ground)) await store.right.close()
  return ground
}
