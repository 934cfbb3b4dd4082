import { expect } from 'vitest'
import type { StoreTest } from '../event-store.ts'
import { failureOf, got, idsOf, newEvent, newEvents, newKeyStream, newStream, rejected, restOfLog } from './support.ts'

export const keyStreamContract = (storeTest: StoreTest) => {
  storeTest('keeps of a key stream only the newest event', async ({ store }) => {
    const before = await got(store.head())
    const stream = newKeyStream()
    await got(store.append(stream, 'no_stream', newEvents(2)))
    expect((await got(store.read(stream))).map(({ revision }) => revision)).toEqual([1])
    const newest = newEvent()
    expect((await got(store.append(stream, 1, [newest]))).revision).toBe(2)
    expect(idsOf(await got(store.read(stream)))).toEqual([newest.eventId])
    expect(await got(store.read(stream, 3))).toEqual([])
    const log = await restOfLog(store, before)
    expect(idsOf(log.filter((event) => event.stream === stream))).toEqual([newest.eventId])
  })

  storeTest('holds key streams to the expected revision as well', async ({ store }) => {
    const stream = newKeyStream()
    await got(store.append(stream, 'no_stream', newEvents(1)))
    await got(store.append(stream, 0, newEvents(1)))
    expect(await failureOf(store.append(stream, 'no_stream', newEvents(1)))).toEqual({ type: 'conflict', stream })
    expect(await failureOf(store.append(stream, 0, newEvents(1)))).toEqual({ type: 'conflict', stream })
    expect((await got(store.read(stream))).map(({ revision }) => revision)).toEqual([1])
  })

  storeTest('answers the newest append to a key stream again as it did the first time', async ({ store }) => {
    const stream = newKeyStream()
    await got(store.append(stream, 'no_stream', newEvents(1)))
    const event = newEvent()
    const answer = await got(store.append(stream, 0, [event]))
    expect(await got(store.append(stream, 0, [event]))).toEqual(answer)
  })

  storeTest('deletes a key stream for ever: it cannot be read, appended to or made again', async ({ store }) => {
    const before = await got(store.head())
    const stream = newKeyStream()
    const events = newEvents(1)
    await got(store.append(stream, 'no_stream', events))
    await got(store.deleteKeyStream(stream))
    const gone = { type: 'stream_deleted', stream }
    expect(await failureOf(store.read(stream))).toEqual(gone)
    expect(await failureOf(store.append(stream, 0, newEvents(1)))).toEqual(gone)
    expect(await failureOf(store.append(stream, 'no_stream', newEvents(1)))).toEqual(gone)
    expect(await failureOf(store.append(stream, 'no_stream', events))).toEqual(gone)
    expect((await restOfLog(store, before)).filter((event) => event.stream === stream)).toEqual([])
  })

  storeTest('has at its head the newest event that is left, however many key streams were deleted after it', async ({ store }) => {
    const { position } = await got(store.append(newStream(), 'no_stream', newEvents(1)))
    const gone = Array.from({ length: 40 }, newKeyStream)
    for (const stream of gone) await got(store.append(stream, 'no_stream', newEvents(1)))
    for (const stream of gone) await got(store.deleteKeyStream(stream))
    expect(await got(store.head())).toBe(position)
  })

  storeTest('deletes twice as once', async ({ store }) => {
    const stream = newKeyStream()
    await got(store.append(stream, 'no_stream', newEvents(1)))
    await Promise.all([got(store.deleteKeyStream(stream)), got(store.deleteKeyStream(stream))])
    await got(store.deleteKeyStream(stream))
    expect((await failureOf(store.read(stream))).type).toBe('stream_deleted')
  })

  storeTest('deletes a key stream that never was, so that it can never be', async ({ store }) => {
    const stream = newKeyStream()
    await got(store.deleteKeyStream(stream))
    expect((await failureOf(store.append(stream, 'no_stream', newEvents(1)))).type).toBe('stream_deleted')
  })

  storeTest('leaves the other events and their positions alone when a key stream goes', async ({ store }) => {
    const before = await got(store.head())
    const [account, key] = [newStream(), newKeyStream()]
    await got(store.append(account, 'no_stream', newEvents(1)))
    await got(store.append(key, 'no_stream', newEvents(1)))
    await got(store.append(account, 0, newEvents(1)))
    const kept = (await restOfLog(store, before)).filter(({ stream }) => stream === account)
    await got(store.deleteKeyStream(key))
    expect((await restOfLog(store, before)).filter(({ stream }) => stream === account)).toEqual(kept)
  })

  storeTest('never uses a position twice, not even that of a newest event that was deleted', async ({ store }) => {
    const key = newKeyStream()
    const { position } = await got(store.append(key, 'no_stream', newEvents(1)))
    await got(store.deleteKeyStream(key))
    expect((await got(store.append(newStream(), 'no_stream', newEvents(1)))).position).toBeGreaterThan(position)
  })

  storeTest('deletes no stream that is not a key stream', async ({ store }) => {
    const stream = newStream()
    await got(store.append(stream, 'no_stream', newEvents(2)))
    await rejected(store.deleteKeyStream(stream))
    expect(await got(store.read(stream))).toHaveLength(2)
    expect((await got(store.append(stream, 1, newEvents(1)))).revision).toBe(2)
  })
}
