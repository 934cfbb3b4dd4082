import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { EventStore } from '../../../../application/ports/event-store.ts'
import { openEventStoreDb } from '../../../../infrastructure/event-store/eventstoredb/open-event-store-db.ts'
import { collector, failureOf, got, idsOf, newEvents, newStream } from '../../../contract/event-store/support.ts'
import { faultyServer, openStore, serverName } from './eventstoredb-for-test.ts'

type Faulty = Awaited<ReturnType<typeof faultyServer>> & {
  /** A store through the proxy, with short attempts. */
  readonly store: EventStore
  /** A store with a directStore connection. */
  readonly directStore: EventStore
}

const faultTest = (sentence: string, body: (faulty: Faulty) => Promise<void>) =>
  test(sentence, { timeout: 180_000 }, async () => {
    const server = await faultyServer()
    const store = await openStore(server.proxied, { callMs: 60_000, attemptMs: 1_000 })
    const directStore = await openStore(server.direct)
    try {
      await body({ ...server, store, directStore })
    } finally {
      server.proxy.play('pass')
      await store.close()
      await directStore.close()
      await server.close()
    }
  })

const recorded = async (store: EventStore, stream: string): Promise<void> => {
  while ((await got(store.read(stream))).length === 0);
}

/** Short timeouts, which a busy machine may miss. */
const openImpatient = async (url: string): Promise<EventStore> => {
  const opened = await openEventStoreDb({ url, development: true, patience: { callMs: 400, attemptMs: 150 } })()
  return isRight(opened) ? opened.right : openImpatient(url)
}

describe(`the EventStoreDB store on ${serverName}, when things go wrong,`, () => {
  faultTest('makes one effect of an append that did commit and whose answer was lost', async ({ store, directStore, proxy }) => {
    const [stream, events] = [newStream(), newEvents(3)]
    proxy.play('lose_answers')
    const appending = got(store.append(stream, 'no_stream', events))
    await recorded(directStore, stream)
    proxy.play('pass')
    const answer = await appending
    const there = await got(directStore.read(stream))
    expect(idsOf(there)).toEqual(idsOf(events))
    expect(answer).toEqual({ revision: 2, position: there.at(-1)?.position })
  })

  faultTest(
    'makes one effect of an append that stood still on its way and arrived after it was sent again',
    async ({ store, directStore, proxy }) => {
      const [stream, events] = [newStream(), newEvents(2)]
      proxy.play('stall')
      const appending = got(store.append(stream, 'no_stream', events))
      await new Promise((resolve) => setTimeout(resolve, 2_500))
      proxy.play('pass')
      expect((await appending).revision).toBe(1)
      expect(idsOf(await got(directStore.read(stream)))).toEqual(idsOf(events))
    },
  )

  faultTest('answers unavailable when nobody answers it, and is none the worse for it', async ({ proxied, proxy, directStore }) => {
    const impatient = await openImpatient(proxied)
    const stream = newStream()
    proxy.play('stall')
    const failures = await Promise.all([
      failureOf(impatient.append(stream, 'no_stream', newEvents(1))),
      failureOf(impatient.read(stream)),
      failureOf(impatient.readAll(0, 10)),
      failureOf(impatient.head()),
    ])
    expect(failures.map(({ type }) => type)).toEqual(Array(4).fill('unavailable'))
    proxy.play('pass')
    const [other, events] = [newStream(), newEvents(1)]
    // The same events each time: an append that timed out may still have succeeded.
    while (!isRight(await impatient.append(other, 'no_stream', events)()));
    expect(await got(directStore.read(other))).toHaveLength(1)
    await impatient.close()
  })

  faultTest(
    'appends everything once while the server goes away in the middle and comes back',
    async ({ store, directStore, goAway, comeBack }) => {
      const streams = Array.from({ length: 200 }, newStream)
      const appending = Promise.all(streams.map((stream) => got(store.append(stream, 'no_stream', newEvents(2)))))
      await recorded(directStore, streams[0] ?? '')
      goAway()
      await comeBack()
      const answers = await appending
      for (const [index, stream] of streams.entries()) {
        const events = await got(directStore.read(stream))
        expect(events.map(({ revision }) => revision)).toEqual([0, 1])
        expect(events[1]?.position).toBe(answers[index]?.position)
      }
    },
  )

  faultTest('goes on with a subscription, nothing left out and nothing twice, over ten cuts', async ({ store, directStore, proxy }) => {
    const [stream, before] = [newStream(), await got(directStore.head())]
    const mine = collector((events) => events.filter((event) => event.stream === stream).length === 500)
    const subscription = store.subscribe(before, mine.observer)
    for (let round = 0; round < 50; round++) {
      await got(directStore.append(stream, round === 0 ? 'no_stream' : round * 10 - 1, newEvents(10)))
      if (round % 5 === 2) proxy.cut()
    }
    await mine.complete
    await subscription.close()
    expect(mine.events.filter((event) => event.stream === stream)).toEqual(await got(directStore.read(stream)))
  })

  faultTest('goes on with a subscription after the server was away', async ({ store, directStore, goAway, comeBack }) => {
    const [stream, before] = [newStream(), await got(directStore.head())]
    const ofStream = () => mine.events.filter((event) => event.stream === stream)
    const mine = collector((events) => events.filter((event) => event.stream === stream).length === 60)
    const subscription = store.subscribe(before, mine.observer)
    await got(directStore.append(stream, 'no_stream', newEvents(20)))
    await mine.caughtUp
    for (let round = 1; round < 3; round++) {
      goAway()
      await comeBack()
      await got(directStore.append(stream, round * 20 - 1, newEvents(20)))
    }
    await mine.complete
    await subscription.close()
    expect(ofStream()).toEqual(await got(directStore.read(stream)))
  })

  faultTest('loses nothing on an observer that stands still until the server drops it', async ({ store, directStore }) => {
    const [stream, before] = [newStream(), await got(directStore.head())]
    const gate = Promise.withResolvers<void>()
    const mine = collector(
      (events) => events.filter((event) => event.stream === stream).length === 10_000,
      () => gate.promise,
    )
    const subscription = store.subscribe(before, mine.observer)
    for (let round = 0; round < 20; round++)
      await got(directStore.append(stream, round === 0 ? 'no_stream' : round * 500 - 1, newEvents(500)))
    gate.resolve()
    await mine.complete
    await subscription.close()
    const ofStream = mine.events.filter((event) => event.stream === stream)
    expect(ofStream.map(({ revision }) => revision)).toEqual(Array.from({ length: 10_000 }, (_, revision) => revision))
  })
})
