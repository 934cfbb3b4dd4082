import { expect } from 'vitest'
import type { StoreTest } from '../event-store.ts'
import { got, idsOf, newEvent, newEvents, newStream, restOfLog } from './support.ts'

export const readContract = (storeTest: StoreTest) => {
  storeTest('gives back what was appended, with its place in the stream and in the log', async ({ store }) => {
    const stream = newStream()
    const events = newEvents(2)
    const { position } = await got(store.append(stream, 'no_stream', events))
    const recorded = await got(store.read(stream))
    const places = recorded.map(({ revision, position, recordedAt }) => ({ stream, revision, position, recordedAt }))
    expect(recorded).toEqual(events.map((event, index) => ({ ...event, ...places[index] })))
    expect(recorded.at(-1)?.position).toBe(position)
    for (const { recordedAt } of recorded) expect(new Date(recordedAt).toISOString()).toBe(recordedAt)
  })

  storeTest('keeps data, type, version and metadata to the letter', async ({ store }) => {
    const stream = newStream()
    const data = {
      text: 'Zoë 東京 🔐 \u0000 \u2028 "quoted" \\ back',
      alone: '\ud83d',
      list: [1, -0.5, 1e300, true, null, [], {}],
      ['__proto__']: 'a name like others',
    }
    const event = {
      ...newEvent(data),
      type: 'NamedÄnew',
      version: 7,
      metadata: { actor: 'anonymous', correlationId: 'c', causationId: 'because', sessionId: 'a-session' },
    }
    await got(store.append(stream, 'no_stream', [event, newEvent()]))
    const [recorded, withoutSession] = await got(store.read(stream))
    expect(recorded).toMatchObject({ type: 'NamedÄnew', version: 7 })
    expect(recorded?.metadata).toEqual(event.metadata)
    expect(Object.keys(withoutSession?.metadata ?? {})).toEqual(['actor', 'correlationId', 'causationId'])
    expect(JSON.stringify(recorded?.data)).toBe(JSON.stringify(data))
  })

  storeTest('keeps what was appended apart from what the caller does with it later', async ({ store }) => {
    const stream = newStream()
    const data = { number: 1 }
    await got(store.append(stream, 'no_stream', [newEvent(data)]))
    data.number = 2
    expect((await got(store.read(stream)))[0]?.data).toEqual({ number: 1 })
  })

  storeTest('has an empty stream where there never was one', async ({ store }) => {
    expect(await got(store.read(newStream()))).toEqual([])
    expect(await got(store.read(''))).toEqual([])
  })

  storeTest('reads a stream from a revision, inclusive', async ({ store }) => {
    const stream = newStream()
    const events = newEvents(5)
    await got(store.append(stream, 'no_stream', events))
    expect(idsOf(await got(store.read(stream, 3)))).toEqual(idsOf(events.slice(3)))
    expect(await got(store.read(stream, 5))).toEqual([])
  })

  storeTest('reads one stream and not its neighbours', async ({ store }) => {
    const stream = newStream()
    await got(store.append(`${stream}0`, 'no_stream', newEvents(1)))
    await got(store.append(stream.toUpperCase(), 'no_stream', newEvents(1)))
    await got(store.append(stream, 'no_stream', newEvents(1)))
    expect((await got(store.read(stream))).map((event) => event.stream)).toEqual([stream])
  })

  storeTest('reads the whole log in pages of any size, each event once, in the order of growing positions', async ({ store }) => {
    const before = await got(store.head())
    const streams = [newStream(), newStream(), newStream()]
    const appended: string[] = []
    for (let round = 0; round < 10; round++) {
      for (const stream of streams) {
        const events = newEvents(2)
        await got(store.append(stream, round === 0 ? 'no_stream' : round * 2 - 1, events))
        appended.push(...idsOf(events))
      }
    }
    for (const limit of [1, 7, 20, 60, 100]) {
      const log = await restOfLog(store, before, limit)
      expect(idsOf(log.filter(({ stream }) => streams.includes(stream)))).toEqual(appended)
      const positions = log.map(({ position }) => position)
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
    }
  })

  storeTest('reads after a position and not at it', async ({ store }) => {
    const { position } = await got(store.append(newStream(), 'no_stream', newEvents(1)))
    const later = await got(store.append(newStream(), 'no_stream', newEvents(1)))
    expect((await restOfLog(store, position)).map((event) => event.position)).toContain(later.position)
    expect((await restOfLog(store, position)).map((event) => event.position)).not.toContain(position)
    expect(await got(store.readAll(position - 1, 1))).toHaveLength(1)
  })

  storeTest('has at its head the newest event', async ({ store }) => {
    const { position } = await got(store.append(newStream(), 'no_stream', newEvents(3)))
    expect(await got(store.head())).toBeGreaterThanOrEqual(position)
    expect(await got(store.readAll(await got(store.head()), 10))).toEqual([])
  })
}
