import { expect } from 'vitest'
import type { StoreTest } from '../event-store.ts'
import { collector, failureOf, got, newEvents, newKeyStream, newStream } from './support.ts'

export const endContract = (storeTest: StoreTest) => {
  storeTest('answers unavailable to everything once it is closed', async ({ store }) => {
    await store.close()
    const stream = newStream()
    const failures = [
      await failureOf(store.append(stream, 'no_stream', newEvents(1))),
      await failureOf(store.read(stream)),
      await failureOf(store.readAll(0, 1)),
      await failureOf(store.head()),
      await failureOf(store.deleteKeyStream(newKeyStream())),
    ]
    expect(failures.map(({ type }) => type)).toEqual(Array(5).fill('unavailable'))
  })

  storeTest('drops its subscribers when it is closed', async ({ store }) => {
    const mine = collector(() => false)
    store.subscribe(0, mine.observer)
    await mine.caughtUp
    await store.close()
    expect((await mine.dropped).type).toBe('unavailable')
  })

  storeTest('is closed twice as once', async ({ store }) => {
    await Promise.all([store.close(), store.close()])
    await store.close()
  })

  storeTest('answers every append that it took before it was closed', async ({ store, reopen }) => {
    const streams = Array.from({ length: 50 }, newStream)
    const answers = streams.map((stream) => store.append(stream, 'no_stream', newEvents(1))())
    await store.close()
    expect((await Promise.all(answers)).map(({ _tag }) => _tag)).toEqual(Array(50).fill('Right'))
    if (reopen === undefined) return
    const again = await reopen()
    for (const stream of streams) expect(await got(again.read(stream))).toHaveLength(1)
  })

  storeTest('remembers everything when it is opened again', async ({ store, reopen }) => {
    if (reopen === undefined) return
    const [stream, key, deleted] = [newStream(), newKeyStream(), newKeyStream()]
    const events = newEvents(3)
    const answer = await got(store.append(stream, 'no_stream', events))
    await got(store.append(key, 'no_stream', newEvents(2)))
    const { position } = await got(store.append(deleted, 'no_stream', newEvents(1)))
    await got(store.deleteKeyStream(deleted))
    const [ofStream, ofKey] = [await got(store.read(stream)), await got(store.read(key))]
    const again = await reopen()
    expect(await got(again.read(stream))).toEqual(ofStream)
    expect(await got(again.read(key))).toEqual(ofKey)
    expect((await failureOf(again.read(deleted))).type).toBe('stream_deleted')
    expect((await failureOf(again.append(deleted, 'no_stream', newEvents(1)))).type).toBe('stream_deleted')
    expect(await got(again.append(stream, 'no_stream', events))).toEqual(answer)
    expect((await got(again.append(newStream(), 'no_stream', newEvents(1)))).position).toBeGreaterThan(position)
  })
}
