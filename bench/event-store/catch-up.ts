import { randomUUID } from 'node:crypto'
import { EventStoreDBClient, excludeSystemEvents, START } from '@eventstore/db-client'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore, NewEvent } from '../../application/ports/event-store.ts'
import { openEventStoreDb } from '../../infrastructure/event-store/eventstoredb/open-event-store-db.ts'
import { eventStoreServer } from '../support/event-store-server.ts'

/** Events a second from the start of a log to its end, by the bare client and by the adapter; `ratio` is the adapter's to the bare `readAll`. */
export type CatchUpFigures = {
  readonly server: string
  readonly events: number
  readonly readAll: number
  readonly bareSubscription: number
  readonly byBatches: number
  readonly byOne: number
  readonly ratio: number
}

const perAppend = 200
const inFlight = 16

const opened = async (url: string): Promise<EventStore> => {
  const store = await openEventStoreDb({ url, development: true, patience: { callMs: 60_000, attemptMs: 30_000 } })()
  if (isLeft(store)) throw new Error(store.left.detail)
  return store.right
}

/** The size of an event of a log-in.  */
const newEvent = (number: number): NewEvent => ({
  eventId: randomUUID(),
  type: 'LoginAttempted',
  version: 1,
  data: { attemptId: randomUUID(), at: '2026-01-01T00:00:00.000Z', address: randomUUID(), userAgent: randomUUID(), number },
  metadata: { actor: 'anonymous', correlationId: randomUUID(), causationId: null },
})

/** Appends `events` events and answers the position before the first. */
const fill = async (store: EventStore, events: number) => {
  const head = await store.head()()
  if (isLeft(head)) throw new Error(head.left.type)
  let written = 0
  const write = async () => {
    while (written < events) {
      const count = Math.min(perAppend, events - written)
      written += count
      const batch = Array.from({ length: count }, (_, number) => newEvent(number))
      const [key, rest] = [batch.slice(0, 1), batch.slice(1)]
      const appended = [await store.append(`dataKey-${randomUUID()}`, 'no_stream', key)()]
      if (rest.length > 0) appended.push(await store.append(`login-${randomUUID()}`, 'no_stream', rest)())
      for (const answer of appended) if (isLeft(answer)) throw new Error(JSON.stringify(answer.left))
    }
  }
  await Promise.all(Array.from({ length: inFlight }, write))
  return head.right
}

const rate = async (events: number, read: () => Promise<number>) => {
  const start = performance.now()
  const seen = await read()
  if (seen < events) throw new Error(`${seen} of ${events} events`)
  return events / ((performance.now() - start) / 1_000)
}

const from = (position: number) => (position === 0 ? START : { commit: BigInt(position), prepare: BigInt(position) })

const bareReadAll = async (client: EventStoreDBClient, position: number) => {
  let seen = 0
  for await (const { event } of client.readAll({ fromPosition: from(position) })) if (event?.streamId.startsWith('$') === false) seen++
  return seen
}

const bareSubscription = (client: EventStoreDBClient, position: number, events: number) =>
  new Promise<number>((resolve, reject) => {
    let seen = 0
    const subscription = client.subscribeToAll({ fromPosition: from(position), filter: excludeSystemEvents() })
    subscription.on('error', reject)
    subscription.on('data', ({ event }) => {
      if (event === undefined || ++seen < events) return
      subscription.removeAllListeners('data')
      void subscription.unsubscribe().then(() => resolve(seen))
    })
  })

const subscribed = (store: EventStore, position: number, events: number, byBatches: boolean) =>
  new Promise<number>((resolve, reject) => {
    let seen = 0
    const count = (more: number) => {
      seen += more
      if (seen >= events) setImmediate(finish)
    }
    const finish = () => void subscription.close().then(() => resolve(seen))
    const subscription = store.subscribe(position, {
      event: () => count(1),
      ...(byBatches && { events: (batch) => count(batch.length) }),
      dropped: ({ type }) => reject(new Error(type)),
    })
  })

export async function catchUpFigures(events = 1_000_000, say: (line: string) => void = () => {}): Promise<CatchUpFigures> {
  const server = await eventStoreServer()
  const store = await opened(server.url)
  const client = EventStoreDBClient.connectionString(server.url)
  try {
    say(`${events} events into ${server.name} …`)
    const position = await fill(store, events)
    const rounds = { readAll: [], bareSubscription: [], byBatches: [], byOne: [] } as Record<string, number[]>
    for (let round = 0; round < 2; round++) {
      rounds.readAll?.push(await rate(events, () => bareReadAll(client, position)))
      rounds.byBatches?.push(await rate(events, () => subscribed(store, position, events, true)))
      rounds.bareSubscription?.push(await rate(events, () => bareSubscription(client, position, events)))
      rounds.byOne?.push(await rate(events, () => subscribed(store, position, events, false)))
      say(JSON.stringify(rounds))
    }
    const best = (name: string) => Math.round(Math.max(...(rounds[name] ?? [])))
    const readAll = best('readAll')
    return {
      server: server.name,
      events,
      readAll,
      bareSubscription: best('bareSubscription'),
      byBatches: best('byBatches'),
      byOne: best('byOne'),
      ratio: best('byBatches') / readAll,
    }
  } finally {
    await store.close()
    await client.dispose()
    await server.close()
  }
}

if (import.meta.main) {
  const figures = await catchUpFigures(Number(process.env.CATCH_UP_EVENTS ?? 1_000_000), (line) => process.stderr.write(`${line}\n`))
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}
