import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as setTimer } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore, RecordedEvent } from '../../../application/ports/event-store.ts'
import { openReplicaModels } from '../../../composition/open-cluster-storage.ts'
import { isKeyStream } from '../../../domain/kernel/streams.ts'
import type { NodeEvent } from '../../../infrastructure/cluster/follow-log.ts'
import { openClusterNode } from '../../../infrastructure/cluster/open-cluster-node.ts'
import { schema } from '../../../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { openProjector } from '../../../projections/engine/projector.ts'
import { contents } from '../../projections/support/contents.ts'

/** A temporary data directory. */
export const aDataDir = () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-node-'))
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) }
}

export const until = async (holds: () => boolean | Promise<boolean>, what = 'it') => {
  const end = performance.now() + 30_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what} did not come to hold in half a minute`)
    await setTimer(2)
  }
}

/** The indexes of a file; those that SQLite made for a table by itself are left out. */
export const indexesIn = (db: Database.Database) =>
  db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name").pluck().all()

const eventsIn = (db: Database.Database) => db.prepare('SELECT * FROM event ORDER BY position').raw().all()

/** A node on a log, without keys and use cases. `observed` are the positions that its caches observed, `cleared` how often they were cleared. */
export const nodeOn = async (store: EventStore, dataDir: string, maxStaleness = 400) => {
  const nodeEvents: NodeEvent[] = []
  const observed: number[] = []
  let cleared = 0
  const opened = await openClusterNode(
    store,
    { dataDir, maxStaleness, openModels: openReplicaModels },
    { onNode: (one) => nodeEvents.push(one) },
  )
  if (isLeft(opened)) throw new Error(opened.left.detail)
  const storage = opened.right
  const caches = {
    observe: (events: readonly RecordedEvent[]) => void observed.push(...events.map(({ position }) => position)),
    clear: () => {
      cleared += 1
    },
  }
  await storage.begin(caches, async () => {})
  return {
    ...storage,
    isFresh: () => storage.isFresh?.() ?? true,
    nodeEvents,
    observed,
    cleared: () => cleared,
    newestCopied: storage.models.newestCopied,
    /** Every row of the copy and of the read models. */
    rows: () => ({ events: eventsIn(storage.models.db), ...contents(storage.models.db) }),
    kinds: () => nodeEvents.map(({ type }) => type),
  }
}

/** What a node must hold after these events: they are folded at once, without a thread, a subscription or a restart. */
export const refolded = (events: readonly RecordedEvent[]) => {
  const db = new Database(':memory:')
  try {
    db.exec(schema)
    const projector = openProjector(db, localLog(db))
    const insert = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    const copied = events.filter(({ stream }) => !isKeyStream(stream))
    db.transaction(() => {
      for (const { position, stream, revision, eventId, type, version, data, metadata, recordedAt } of copied) {
        const { actor, correlationId, causationId, sessionId = null } = metadata
        const by = [actor, correlationId, causationId, recordedAt, sessionId]
        insert.run(position, stream, revision, eventId, type, version, JSON.stringify(data), ...by)
      }
      projector.apply(copied)
    })()
    return { events: eventsIn(db), ...contents(db) }
  } finally {
    db.close()
  }
}
