import { isLeft } from 'fp-ts/lib/Either.js'
import type { Health } from '../../api/shapes/health.ts'
import { instant } from '../../domain/kernel/instant.ts'
import type { Values } from '../../infrastructure/configuration/variables.ts'
import { logFile } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import { databaseSize, diskSpace } from '../../infrastructure/observability/file-sizes.ts'
import { packageVersion } from '../../infrastructure/package-version.ts'
import type { Gatebook } from '../gatebook.ts'

type Watched = Pick<Gatebook, 'unready' | 'store' | 'node' | 'isFresh' | 'readModelPosition' | 'load' | 'dataDir' | 'refold'>

/** The database may be damaged or closed. */
const positionOf = ({ readModelPosition }: Watched) => {
  try {
    return readModelPosition()
  } catch {
    return null
  }
}

/** A node uses the head that it last heard of, and does not ask the store. */
const headOf = async ({ store, node }: Watched) => {
  if (node !== undefined) return node.head() === 0 ? null : node.head()
  const head = await store.head()()
  return isLeft(head) ? null : head.right
}

const refoldedOf = ({ refold }: Watched) => {
  const last = refold.last()
  return last && { at: last.at, checked: last.checked, differences: last.differences }
}

const lagOf = (head: number | null, position: number | null) => (head === null || position === null ? null : Math.max(0, head - position))

const processHealth = () => ({
  version: packageVersion,
  node: process.version,
  startedAt: instant(Math.round(performance.timeOrigin)),
  memoryBytes: process.memoryUsage.rss(),
})

/** The log of a cluster is elsewhere, and its positions do not count events. */
export function readHealth(watched: Watched, store: Values['EVENT_STORE']): () => Promise<Health> {
  const { unready, node, isFresh, load, dataDir } = watched
  return async () => {
    const [why, head, sizeBytes, disk] = await Promise.all([
      unready(),
      headOf(watched),
      node === undefined ? databaseSize(logFile(dataDir)) : null,
      diskSpace(dataDir),
    ])
    const position = positionOf(watched)
    return {
      ready: why === null,
      reason: why?.reason ?? null,
      log: { store, events: node === undefined ? head : null, sizeBytes },
      readModels: { position, lag: lagOf(head, position), fresh: isFresh?.() ?? true },
      refold: refoldedOf(watched),
      queues: { hashing: load.hashing(), mail: load.mail() },
      disk,
      process: processHealth(),
    }
  }
}
