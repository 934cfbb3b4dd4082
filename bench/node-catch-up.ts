import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventStoreDBClient, START } from '@eventstore/db-client'
import Database from 'better-sqlite3'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore, NewEvent } from '../application/ports/event-store.ts'
import { openReplicaModels } from '../composition/open-cluster-storage.ts'
import { openClusterNode } from '../infrastructure/cluster/open-cluster-node.ts'
import { openEventStoreDb } from '../infrastructure/event-store/eventstoredb/open-event-store-db.ts'
import { schema } from '../infrastructure/event-store/sqlite/file/schema.ts'
import { type EventRow, eventColumns, eventOfRow } from '../infrastructure/event-store/sqlite/reader/event-rows.ts'
import { fillLog } from './read-models/replay-log.ts'
import { eventStoreServer } from './support/event-store-server.ts'
import { median, medianRatio, turnByTurn } from './support/rounds.ts'

const inFlight = 32
const perAppend = 200

const opened = async (url: string): Promise<EventStore> => {
  const store = await openEventStoreDb({ url, development: true, patience: { callMs: 60_000, attemptMs: 30_000 } })()
  if (isLeft(store)) throw new Error(store.left.detail)
  return store.right
}

/** The streams of a log as a busy service writes it, with their events. */
const streamsOf = (count: number) => {
  const db = new Database(':memory:')
  db.exec(schema)
  fillLog(db, count)
  const rows = db.prepare<[], EventRow>(`SELECT ${eventColumns} FROM event ORDER BY position`).raw()
  const streams = new Map<string, NewEvent[]>()
  for (const row of rows.iterate()) {
    const event = eventOfRow(row)
    const known = streams.get(event.stream)
    if (known === undefined) streams.set(event.stream, [event])
    else known.push(event)
  }
  db.close()
  return streams
}

/** The order between streams is lost, which read models do not mind. */
const fill = async (store: EventStore, count: number) => {
  const waiting = streamsOf(count).entries()
  const write = async () => {
    for (const [stream, events] of waiting) {
      for (let first = 0; first < events.length; first += perAppend) {
        const appended = await store.append(stream, first === 0 ? 'no_stream' : first - 1, events.slice(first, first + perAppend))()
        if (isLeft(appended)) throw new Error(JSON.stringify(appended.left))
      }
    }
  }
  await Promise.all(Array.from({ length: inFlight }, write))
}

const perSecond = async (events: number, work: () => Promise<unknown>) => {
  const start = performance.now()
  await work()
  return events / ((performance.now() - start) / 1_000)
}

const readBare = async (client: EventStoreDBClient) => {
  let seen = 0
  for await (const { event } of client.readAll({ fromPosition: START })) if (event?.streamId.startsWith('$') === false) seen++
  return seen
}

/** From an empty data directory to the head of the log: events copied, read models built. */
const startFresh = async (store: EventStore, head: number) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-node-'))
  const reached = Promise.withResolvers<void>()
  const caches = {
    observe: (events: readonly { readonly position: number }[]) => (events.at(-1)?.position ?? 0) >= head && reached.resolve(),
    clear: () => {},
  }
  const ground = await openClusterNode(
    { ...store, close: async () => {} },
    { dataDir, maxStaleness: 60_000, openModels: openReplicaModels },
  )
  if (isLeft(ground)) throw new Error(ground.left.detail)
  await ground.right.begin(caches, async () => {})
  await reached.promise
  return async () => {
    await ground.right.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Events a second with which a fresh node comes level with a log, and with which the bare client reads it. */
export async function nodeCatchUpFigures(events = 200_000, rounds = 3) {
  const server = await eventStoreServer()
  const store = await opened(server.url)
  const client = EventStoreDBClient.connectionString(server.url)
  try {
    await fill(store, events)
    const head = await store.head()()
    if (isLeft(head)) throw new Error(head.left.type)
    const node = async () => {
      let close = async () => {}
      const rate = await perSecond(events, async () => {
        close = await startFresh(store, head.right)
      })
      await close()
      return rate
    }
    await readBare(client)
    const { bare, fresh } = await turnByTurn(rounds, { bare: () => perSecond(events, () => readBare(client)), fresh: node })
    return { server: server.name, events, bare: median(bare), node: median(fresh), ratio: medianRatio(fresh, bare) }
  } finally {
    await store.close()
    await client.dispose()
    await server.close()
  }
}

if (import.meta.main) console.log(JSON.stringify(await nodeCatchUpFigures(Number(process.env.CATCH_UP_EVENTS ?? 200_000))))
