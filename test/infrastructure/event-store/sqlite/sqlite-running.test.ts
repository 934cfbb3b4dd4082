import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EventStore, RecordedEvent } from '../../../../application/ports/event-store.ts'
import { failureOf, got, newEvent, newEvents, newKeyStream, newStream } from '../../../contract/event-store/support.ts'
import { sqliteForTest } from './sqlite-for-test.ts'

let here = sqliteForTest()
beforeEach(() => {
  here = sqliteForTest()
})
afterEach(() => here.dispose())

const hookedWriter = new URL('./hooked-writer.worker.ts', import.meta.url)
const turn = () => new Promise<void>((resolve) => void setImmediate(resolve))

/** An event on whose type the hooked writer acts in the middle of its transaction. */
const orders = (type: string, data: unknown = null) => [{ ...newEvent(data), type }]

const appendOnce = (store: EventStore, events = newEvents(1)) => store.append(newStream(), 'no_stream', events)

describe('a group of appends', () => {
  test('is one commit: what comes while one is under way goes into the next', async () => {
    const groups: number[] = []
    const store = await here.open({ onCommitted: (events) => groups.push(events.length) })
    await Promise.all(Array.from({ length: 400 }, () => got(appendOnce(store))))
    expect(groups.reduce((sum, size) => sum + size)).toBe(400)
    expect(groups.length).toBeLessThanOrEqual(2)
  })

  test('leaves out the one that is refused, and only that', async () => {
    const store = await here.open()
    const [taken, free] = [newStream(), newStream()]
    const results = await Promise.all([
      store.append(taken, 'no_stream', newEvents(2))(),
      store.append(taken, 'no_stream', newEvents(2))(),
      store.append(free, 'no_stream', newEvents(2))(),
      store.append(taken, 1, newEvents(1))(),
      store.append(free, 4, newEvents(1))(),
    ])
    expect(results.map(isRight)).toEqual([true, false, true, true, false])
    expect([(await got(store.read(taken))).length, (await got(store.read(free))).length]).toEqual([3, 2])
  })

  test('takes back the first events of an append whose last one has a used id, and keeps its neighbours', async () => {
    const store = await here.open()
    const used = newEvent()
    await got(appendOnce(store, [used]))
    const stream = newStream()
    const [before, failure, after] = await Promise.all([
      got(appendOnce(store)),
      failureOf(store.append(stream, 'no_stream', [...newEvents(2), used])),
      got(appendOnce(store)),
    ])
    expect(failure).toEqual({ type: 'conflict', stream })
    expect(await got(store.read(stream))).toEqual([])
    expect((await got(store.readAll(0, 100))).map(({ position }) => position)).toEqual([1, before.position, after.position])
  })

  test('tells what was committed before it answers, each event once and as it will be read', async () => {
    const told: RecordedEvent[] = []
    let answered = 0
    const answeredWhenTold: number[] = []
    const onCommitted = (events: readonly RecordedEvent[]) => {
      told.push(...events)
      answeredWhenTold.push(answered)
    }
    const store = await here.open({ onCommitted })
    const again = newEvents(2)
    const stream = newStream()
    const append = async (events: ReturnType<typeof newEvents>, to = newStream()) => {
      await got(store.append(to, 'no_stream', events))
      answered++
    }
    await Promise.all([append(again, stream), append(again, stream), append(newEvents(3)), store.append(stream, 7, newEvents(1))()])
    expect(told).toEqual(await got(store.readAll(0, 100)))
    expect(answeredWhenTold).toEqual([0])
  })

  test('does not hold up the event loop', async () => {
    const store = await here.open({ worker: hookedWriter })
    let turns = 0
    let committed = false
    const commit = got(appendOnce(store, orders('Sleep', 300))).then(() => {
      committed = true
    })
    while (!committed) {
      turns++
      await turn()
    }
    await commit
    // The writer slept inside the transaction. If this thread had waited, the event loop would have run once or twice.
    expect(turns).toBeGreaterThan(50)
  })
})

describe('a fault while running', () => {
  const full = async (store: EventStore, pages: number) => got(appendOnce(store, orders('LimitPages', pages)))

  test('a full disk refuses the whole group, and the store goes on when there is room again', async () => {
    const store = await here.open({ worker: hookedWriter })
    const kept = await got(appendOnce(store))
    await full(store, 1)
    const big = () => [newEvent('x'.repeat(200_000))]
    const refused = await Promise.all(Array.from({ length: 5 }, () => appendOnce(store, big())()))
    expect(refused.map((result) => isLeft(result) && result.left)).toEqual(
      Array(5).fill({ type: 'unavailable', detail: 'the log failed: SQLITE_FULL' }),
    )
    expect(await got(store.read(newStream()))).toEqual([])
    expect(await got(store.readAll(kept.position, 10))).toHaveLength(1)
    await full(store, 100_000)
    await Promise.all(Array.from({ length: 5 }, () => got(appendOnce(store, big()))))
    const positions = (await got(store.readAll(0, 100))).map(({ position }) => position)
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
    expect(positions).toHaveLength(8)
  })

  test('a projection that throws refuses the whole group, aloud, and nothing of it is kept', async () => {
    const told: RecordedEvent[] = []
    const store = await here.open({ worker: hookedWriter, onCommitted: (events) => told.push(...events) })
    const results = await Promise.all([appendOnce(store)(), appendOnce(store, orders('Throw'))(), appendOnce(store)()])
    expect(results).toEqual(Array(3).fill({ _tag: 'Left', left: { type: 'unavailable', detail: 'a projection failed: told to throw' } }))
    expect([await got(store.readAll(0, 10)), told]).toEqual([[], []])
    await got(appendOnce(store))
    expect(await got(store.readAll(0, 10))).toHaveLength(1)
  })

  test('a projection sees the events as they are recorded, in the transaction that records them', async () => {
    const store = await here.open({ worker: hookedWriter })
    await Promise.all([got(appendOnce(store)), got(store.append(newKeyStream(), 'no_stream', newEvents(2)))])
    await store.close()
    const db = new Database(here.file, { readonly: true })
    const projected = db
      .prepare('SELECT seen FROM projected ORDER BY position')
      .pluck()
      .all()
      .map((seen) => JSON.parse(String(seen)))
    db.close()
    const again = await here.open({ worker: hookedWriter })
    const log = await got(again.readAll(0, 10))
    expect(projected.map(({ position }) => position)).toEqual([1, 2, 3])
    expect(projected.filter(({ position }) => position !== 2)).toEqual(log)
  })

  test('a read model that cannot be opened stops the start, and the lock is let go', async () => {
    const worker = new URL('./failing-projector.worker.ts', import.meta.url)
    await expect(here.open({ worker })).rejects.toThrow('projection_failed: no such read model')
    await here.open()
  })

  test('a writer that dies answers all that wait and all that follow, and reading goes on', async () => {
    let deaths = 0
    const store = await here.open({ worker: hookedWriter, onWriterDeath: () => deaths++ })
    const { position } = await got(appendOnce(store))
    const waiting = Promise.all([failureOf(appendOnce(store, orders('Die'))), failureOf(appendOnce(store))])
    await turn()
    const queued = failureOf(appendOnce(store))
    const died = { type: 'unavailable', detail: 'the thread that writes the log has died' }
    expect([...(await waiting), await queued, await failureOf(appendOnce(store))]).toEqual([died, died, died, died])
    expect(await failureOf(store.deleteKeyStream(newKeyStream()))).toEqual(died)
    expect(await got(store.head())).toBe(position)
    expect(deaths).toBe(1)
    await store.close()
    await here.open()
  })

  test('a worker that is not one does not start, and does not hang', async () => {
    await expect(here.open({ worker: new URL('./no-such.worker.ts', import.meta.url) })).rejects.toThrow('unavailable')
  })

  test('data that is no JSON any more is corrupt, by stream and revision and without the data', async () => {
    const store = await here.open()
    const stream = newStream()
    await got(store.append(stream, 'no_stream', newEvents(2)))
    await store.close()
    const db = new Database(here.file)
    db.prepare("UPDATE event SET data = '{secret' WHERE stream = ? AND revision = 1").run(stream)
    db.close()
    const again = await here.open()
    const failure = { type: 'corrupt', detail: `the event at position 2 (revision 1 of ${stream}) is damaged: its data is not JSON` }
    expect(await failureOf(again.read(stream))).toEqual(failure)
    expect(await failureOf(again.readAll(0, 10))).toEqual(failure)
    expect(await got(again.readAll(0, 1))).toHaveLength(1)
  })
})

describe('a key stream that was deleted', () => {
  const octetsOnDisk = () => Buffer.concat(readdirSync(dirname(here.file)).map((name) => readFileSync(join(dirname(here.file), name))))

  test('is in no file any more, among many others that came, moved and went', async () => {
    const store = await here.open()
    const keys = Array.from({ length: 200 }, (_, number) => ({
      stream: newKeyStream(),
      secrets: [`first-of-${number}-`, `second-of-${number}-`],
    }))
    const keyEvent = (secret: string) => newEvent({ wrappedKey: secret.repeat(5) })
    await Promise.all(keys.map(({ stream, secrets }) => got(store.append(stream, 'no_stream', [keyEvent(secrets[0] ?? '')]))))
    await Promise.all(Array.from({ length: 100 }, () => got(appendOnce(store, newEvents(3)))))
    await Promise.all(keys.map(({ stream, secrets }) => got(store.append(stream, 0, [keyEvent(secrets[1] ?? '')]))))
    expect(octetsOnDisk().includes('second-of-7-')).toBe(true)
    const [gone, kept] = [keys.filter((_, index) => index % 3 !== 0), keys.filter((_, index) => index % 3 === 0)]
    for (const { stream } of gone) await got(store.deleteKeyStream(stream))
    const octets = octetsOnDisk()
    expect(gone.flatMap(({ secrets }) => secrets).filter((secret) => octets.includes(secret))).toEqual([])
    expect(kept.filter(({ secrets }) => !octets.includes(secrets[1] ?? ''))).toEqual([])
  })

  test('is not said to be gone while a reader keeps it in the write-ahead log, and is gone when asked again', async () => {
    const store = await here.open()
    const stream = newKeyStream()
    await got(store.append(stream, 'no_stream', [newEvent('the-secret-bytes')]))
    const reader = new Database(here.file, { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM event').get()
    expect((await failureOf(store.deleteKeyStream(stream))).type).toBe('unavailable')
    expect((await failureOf(store.read(stream))).type).toBe('stream_deleted')
    expect(octetsOnDisk().includes('the-secret-bytes')).toBe(true)
    reader.close()
    await got(store.deleteKeyStream(stream))
    expect(octetsOnDisk().includes('the-secret-bytes')).toBe(false)
  })

  test('is gone after the next start, when the process ended before its bytes were', async () => {
    const store = await here.open()
    const stream = newKeyStream()
    await got(store.append(stream, 'no_stream', [newEvent('the-secret-bytes')]))
    const reader = new Database(here.file, { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM event').get()
    await failureOf(store.deleteKeyStream(stream))
    await store.close()
    reader.close()
    await here.open({ create: false })
    expect(octetsOnDisk().includes('the-secret-bytes')).toBe(false)
  })
})
