import { isRight } from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import type { StoreTest } from '../event-store.ts'
import { failureOf, got, idsOf, newEvent, newEvents, newStream, rejected, restOfLog } from './support.ts'

export const appendContract = (storeTest: StoreTest) => {
  storeTest('creates a stream once', async ({ store }) => {
    const stream = newStream()
    expect((await got(store.append(stream, 'no_stream', newEvents(2)))).revision).toBe(1)
    expect(await failureOf(store.append(stream, 'no_stream', newEvents(1)))).toEqual({ type: 'conflict', stream })
    expect(await got(store.read(stream))).toHaveLength(2)
  })

  storeTest('appends only at the revision that was expected', async ({ store }) => {
    const stream = newStream()
    expect(await failureOf(store.append(stream, 0, newEvents(1)))).toEqual({ type: 'conflict', stream })
    await got(store.append(stream, 'no_stream', newEvents(3)))
    for (const expected of [0, 1, 3, 4]) {
      expect(await failureOf(store.append(stream, expected, newEvents(1)))).toEqual({ type: 'conflict', stream })
    }
    expect((await got(store.append(stream, 2, newEvents(2)))).revision).toBe(4)
    expect((await got(store.read(stream))).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4])
  })

  storeTest('lets exactly one of two racers win, round after round, and keeps the events of the winner', async ({ store }) => {
    const stream = newStream()
    const winners: string[] = []
    for (let round = 0; round < 100; round++) {
      const racers = [newEvent(), newEvent()]
      const expected = round === 0 ? 'no_stream' : round - 1
      const results = await Promise.all(racers.map((event) => store.append(stream, expected, [event])()))
      expect(results.filter(isRight)).toHaveLength(1)
      winners.push(...idsOf(racers.filter((_, index) => results[index]?._tag === 'Right')))
    }
    expect(idsOf(await got(store.read(stream)))).toEqual(winners)
  })

  storeTest('lets one of many racers win, with several events each', async ({ store }) => {
    const stream = newStream()
    const results = await Promise.all(Array.from({ length: 40 }, () => store.append(stream, 'no_stream', newEvents(3))()))
    expect(results.filter(isRight)).toHaveLength(1)
    expect(await got(store.read(stream))).toHaveLength(3)
  })

  storeTest('appends to 500 streams at once', async ({ store }) => {
    const before = await got(store.head())
    const streams = Array.from({ length: 500 }, newStream)
    const appended = await Promise.all(streams.map((stream) => got(store.append(stream, 'no_stream', newEvents(2)))))
    const log = (await restOfLog(store, before)).filter(({ stream }) => streams.includes(stream))
    expect(log).toHaveLength(1_000)
    expect(new Set(log.map(({ position }) => position)).size).toBe(1_000)
    for (const [index, stream] of streams.entries()) {
      const events = await got(store.read(stream))
      expect(events.map(({ revision }) => revision)).toEqual([0, 1])
      expect(events[1]?.position).toBe(appended[index]?.position)
    }
  })

  storeTest('answers an append that it has already as it did the first time, also after later events', async ({ store }) => {
    const stream = newStream()
    const [first, second] = [newEvents(2), newEvents(3)]
    const answers = [await got(store.append(stream, 'no_stream', first)), await got(store.append(stream, 1, second))]
    expect(await got(store.append(stream, 'no_stream', first))).toEqual(answers[0])
    expect(await got(store.append(stream, 1, second))).toEqual(answers[1])
    await got(store.append(stream, 4, newEvents(1)))
    expect(await got(store.append(stream, 'no_stream', first))).toEqual(answers[0])
    expect(await got(store.append(stream, 1, second))).toEqual(answers[1])
    expect(await got(store.read(stream))).toHaveLength(6)
  })

  storeTest('appends the same events once when they are sent many times at once', async ({ store }) => {
    const stream = newStream()
    const events = newEvents(2)
    const answers = await Promise.all(Array.from({ length: 20 }, () => got(store.append(stream, 'no_stream', events))))
    expect(new Set(answers.map(({ revision, position }) => `${revision} ${position}`)).size).toBe(1)
    expect(idsOf(await got(store.read(stream)))).toEqual(idsOf(events))
  })

  storeTest('refuses old and new events in one append', async ({ store }) => {
    const stream = newStream()
    const [known, unknown] = [newEvent(), newEvent()]
    await got(store.append(stream, 'no_stream', [known]))
    for (const events of [[known, unknown], [unknown, known], [unknown]]) {
      expect(await failureOf(store.append(stream, 'no_stream', events))).toEqual({ type: 'conflict', stream })
    }
    expect(await failureOf(store.append(stream, 7, [known]))).toEqual({ type: 'conflict', stream })
    expect(idsOf(await got(store.read(stream)))).toEqual([known.eventId])
  })

  storeTest('rejects an append of nothing, and is none the worse for it', async ({ store }) => {
    const stream = newStream()
    await rejected(store.append(stream, 'no_stream', []))
    expect(await got(store.read(stream))).toEqual([])
    expect((await got(store.append(stream, 'no_stream', newEvents(1)))).revision).toBe(0)
  })

  storeTest('rejects data that is not JSON, an impossible revision and an incomplete event, and works on', async ({ store }) => {
    const stream = newStream()
    const circular: { self?: unknown } = {}
    circular.self = circular
    for (const data of [1n, circular, undefined, () => 1])
      await rejected(store.append(stream, 'no_stream', [newEvent(), { ...newEvent(), data }]))
    for (const expected of [-1, 0.5, Number.NaN]) await rejected(store.append(stream, expected, newEvents(1)))
    await rejected(store.append('', 'no_stream', newEvents(1)))
    for (const wrong of [
      { eventId: '' },
      { type: '' },
      { version: 1.5 },
      { metadata: { actor: '', correlationId: 'c', causationId: null } },
      { metadata: { actor: 'system', correlationId: 'c', causationId: null, sessionId: '' } },
    ]) {
      const [neighbour] = await Promise.all([
        got(store.append(newStream(), 'no_stream', newEvents(1))),
        rejected(store.append(stream, 'no_stream', [{ ...newEvent(), ...wrong }])),
      ])
      expect(neighbour.revision).toBe(0)
    }
    expect(await got(store.read(stream))).toEqual([])
    expect((await got(store.append(stream, 'no_stream', newEvents(1)))).revision).toBe(0)
  })
}
