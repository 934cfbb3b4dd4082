import { expect } from 'vitest'
import type { StoreTest } from '../event-store.ts'
import {
  collector as collectorOf,
  type Delivery,
  failureOf,
  got,
  idsOf,
  newEvent,
  newEvents,
  newKeyStream,
  newStream,
  restOfLog,
} from './support.ts'

export const subscribeContract = (storeTest: StoreTest) => {
  for (const delivery of ['by one', 'by batches'] as const)
    subscriptionContract(delivery, (sentence, body) => storeTest(`${sentence}, ${delivery}`, body))
  batchesAndKeyStreams(storeTest)
}

const subscriptionContract = (delivery: Delivery, storeTest: StoreTest) => {
  const collector = (enough: Parameters<typeof collectorOf>[0], onEvent?: Parameters<typeof collectorOf>[1]) =>
    collectorOf(enough, onEvent, delivery)

  storeTest('tells a subscriber what was, that it has caught up, and what follows', async ({ store }) => {
    const before = await got(store.head())
    const stream = newStream()
    await got(store.append(stream, 'no_stream', newEvents(3)))
    const mine = collector((events) => events.filter((event) => event.stream === stream).length === 5)
    const subscription = store.subscribe(before, mine.observer)
    await mine.caughtUp
    expect(mine.events.filter((event) => event.stream === stream).map(({ revision }) => revision)).toEqual([0, 1, 2])
    await got(store.append(stream, 2, newEvents(2)))
    await mine.complete
    await subscription.close()
    expect(mine.events.filter((event) => event.stream === stream)).toEqual(await got(store.read(stream)))
  })

  storeTest('tells a subscriber everything after its checkpoint once and in order, while many append', async ({ store }) => {
    const before = await got(store.head())
    const streams = Array.from({ length: 20 }, newStream)
    const total = streams.length * 40
    const mine = collector((events) => events.filter((event) => streams.includes(event.stream)).length === total)
    const write = async (stream: string) => {
      for (let revision = -1; revision < 39; revision++)
        await got(store.append(stream, revision === -1 ? 'no_stream' : revision, newEvents(1)))
    }
    const writing = Promise.all(streams.map(write))
    await got(store.append(newStream(), 'no_stream', newEvents(1)))
    const subscription = store.subscribe(before, mine.observer)
    await writing
    await mine.complete
    await subscription.close()
    const log = await restOfLog(store, before)
    expect(idsOf(mine.events)).toEqual(idsOf(log).slice(0, mine.events.length))
    expect(mine.events.filter((event) => streams.includes(event.stream))).toHaveLength(total)
  })

  storeTest('goes on from a checkpoint with nothing left out and nothing twice', async ({ store }) => {
    const before = await got(store.head())
    const stream = newStream()
    const ofStream = (events: readonly { readonly stream: string }[]) => events.filter((event) => event.stream === stream).length
    await got(store.append(stream, 'no_stream', newEvents(10)))
    const first = collector((events) => ofStream(events) === 4)
    const subscription = store.subscribe(before, first.observer)
    await first.complete
    await subscription.close()
    const seen = [...first.events]
    const second = collector((events) => ofStream(events) + ofStream(seen) === 12)
    const resumed = store.subscribe(seen.at(-1)?.position ?? 0, second.observer)
    await got(store.append(stream, 9, newEvents(2)))
    await second.complete
    await resumed.close()
    const both = [...seen, ...second.events].filter((event) => event.stream === stream)
    expect(both.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  storeTest('loses nothing on a slow subscriber', async ({ store }) => {
    const before = await got(store.head())
    const stream = newStream()
    const turn = () => new Promise<void>((resolve) => void setImmediate(resolve))
    const slow = collector(
      (events) => events.filter((event) => event.stream === stream).length === 300,
      async () => {
        for (let turns = 0; turns < 20; turns++) await turn()
      },
    )
    const subscription = store.subscribe(before, slow.observer)
    for (let round = 0; round < 30; round++) await got(store.append(stream, round === 0 ? 'no_stream' : round * 10 - 1, newEvents(10)))
    await slow.complete
    await subscription.close()
    expect(slow.events.filter((event) => event.stream === stream)).toEqual(await got(store.read(stream)))
  })

  storeTest('drops a subscriber that throws, once, tells it nothing more and leaves the others alone', async ({ store }) => {
    const before = await got(store.head())
    const stream = newStream()
    await got(store.append(stream, 'no_stream', newEvents(3)))
    const told: number[] = []
    const failing = collector(
      () => false,
      (event) => {
        if (event.stream !== stream) return
        told.push(event.revision)
        if (event.revision === 1) throw new Error('person@example.org')
      },
    )
    const sound = collector((events) => events.filter((event) => event.stream === stream).length === 4)
    const subscriptions = [store.subscribe(before, failing.observer), store.subscribe(before, sound.observer)]
    const failure = await failing.dropped
    expect(failure.type).toBe('unavailable')
    expect(JSON.stringify(failure)).not.toContain('person@example.org')
    await got(store.append(stream, 2, [newEvent()]))
    await sound.complete
    expect(told).toEqual([0, 1])
    await Promise.all(subscriptions.map((subscription) => subscription.close()))
  })

  storeTest('tells nothing after a subscription was closed', async ({ store }) => {
    const before = await got(store.head())
    const stream = newStream()
    const mine = collector((events) => events.some((event) => event.stream === stream))
    const other = collector((events) => events.filter((event) => event.stream === stream).length === 2)
    const subscription = store.subscribe(before, mine.observer)
    const watching = store.subscribe(before, other.observer)
    await got(store.append(stream, 'no_stream', newEvents(1)))
    await mine.complete
    await subscription.close()
    const told = mine.events.length
    await got(store.append(stream, 0, newEvents(1)))
    await other.complete
    expect(mine.events).toHaveLength(told)
    await watching.close()
    await subscription.close()
  })
}

const batchesAndKeyStreams = (storeTest: StoreTest) => {
  storeTest('hands on what is there by batches that are neither empty nor larger than 4,096', async ({ store }) => {
    const [before, stream] = [await got(store.head()), newStream()]
    for (let round = 0; round < 10; round++) await got(store.append(stream, round === 0 ? 'no_stream' : round * 500 - 1, newEvents(500)))
    const mine = collectorOf((events) => events.filter((event) => event.stream === stream).length === 5_000, undefined, 'by batches')
    const subscription = store.subscribe(before, mine.observer)
    await mine.complete
    await subscription.close()
    expect(Math.min(...mine.sizes)).toBeGreaterThan(0)
    expect(Math.max(...mine.sizes)).toBeLessThanOrEqual(4_096)
    expect(mine.sizes.length).toBeLessThan(mine.events.length / 2)
  })

  storeTest('shows a subscriber all that is in the log, and nothing else but what once stood in key streams', async ({ store }) => {
    const before = await got(store.head())
    const [account, kept, gone] = [newStream(), newKeyStream(), newKeyStream()]
    const superseded = newEvents(2)
    const deleted = newEvents(1)
    await got(store.append(account, 'no_stream', newEvents(2)))
    await got(store.append(kept, 'no_stream', superseded))
    await got(store.append(gone, 'no_stream', deleted))
    await got(store.append(kept, 1, newEvents(1)))
    await got(store.deleteKeyStream(gone))
    await got(store.append(account, 1, newEvents(1)))
    const ours = [account, kept, gone]
    const mine = collectorOf((events) => events.some((event) => event.stream === account && event.revision === 2))
    const subscription = store.subscribe(before, mine.observer)
    await mine.complete
    await subscription.close()
    const seen = mine.events.filter(({ stream }) => ours.includes(stream))
    const log = (await restOfLog(store, before)).filter(({ stream }) => ours.includes(stream))
    const once = idsOf([...superseded, ...deleted])
    expect(seen.filter(({ eventId }) => !once.includes(eventId))).toEqual(log)
    expect(log.map(({ stream }) => stream)).toEqual([account, account, kept, account])
    const positions = seen.map(({ position }) => position)
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
    expect((await failureOf(store.read(gone))).type).toBe('stream_deleted')
  })
}
