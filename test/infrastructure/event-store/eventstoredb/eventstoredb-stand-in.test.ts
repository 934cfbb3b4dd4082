import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AppendExpectedRevision,
  BACKWARDS,
  END,
  EventStoreDBClient,
  excludeSystemEvents,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client'
import { describe, expect, test } from 'vitest'
import { newStream } from '../../../contract/event-store/support.ts'
import { openFileLog } from '../../../support/event-store-stand-in/file-log.ts'
import { createLog, type Log } from '../../../support/event-store-stand-in/log.ts'
import { startStandIn } from '../../../support/event-store-stand-in/stand-in.ts'

const url = process.env.EVENTSTOREDB_URL

/** The bare client, on the server of `EVENTSTOREDB_URL` or on the stand-in: both must behave alike. */
const clientTest = (sentence: string, body: (client: EventStoreDBClient) => Promise<void>) =>
  test(sentence, async () => {
    const standIn = url === undefined ? await startStandIn() : null
    const client = EventStoreDBClient.connectionString(standIn?.url ?? url ?? '')
    try {
      await body(client)
    } finally {
      await client.dispose()
      standIn?.kill()
    }
  })

/** The metadata of Gatebook's own events: the log may be shared, and other suites stop at an event without it. */
const metadata = { version: 1, actor: 'system', $correlationId: 'a-correlation' }
const event = (id: string = randomUUID()) => jsonEvent({ id, type: 'SomethingHappened', data: { number: 1 }, metadata })
const failure = (doing: Promise<unknown>) =>
  doing.then(
    () => expect.unreachable('it should fail'),
    (error: unknown) => error,
  )
const all = async <A>(reading: AsyncIterable<A>) => {
  const read: A[] = []
  for await (const one of reading) read.push(one)
  return read
}
const append = (client: EventStoreDBClient, stream: string, expectedRevision: AppendExpectedRevision, count = 1) =>
  client.appendToStream(
    stream,
    Array.from({ length: count }, () => event()),
    { expectedRevision },
  )

describe('a server as the adapter knows it', () => {
  clientTest('names the stream, the expected and the actual revision of a wrong append, by batch', async (client) => {
    const stream = newStream()
    await append(client, stream, NO_STREAM, 2)
    const error = await failure(append(client, stream, 5n))
    expect(error).toBeInstanceOf(WrongExpectedVersionError)
    expect(error).toMatchObject({ streamName: stream, expectedVersion: 5n, actualVersion: 1n })
    expect(await failure(append(client, newStream(), 0n))).toMatchObject({ actualVersion: 'no_stream' })
  })

  clientTest('takes the same ids at the same revision again, also after later events, and no mixture of old and new', async (client) => {
    const stream = newStream()
    const [first, second] = [event(), event()]
    await client.appendToStream(stream, [first, second], { expectedRevision: NO_STREAM })
    await append(client, stream, 1n)
    const again = await client.appendToStream(stream, [first, second], { expectedRevision: NO_STREAM })
    expect(again.nextExpectedRevision).toBe(1n)
    const mixed = client.appendToStream(stream, [first, event()], { expectedRevision: NO_STREAM })
    expect(await failure(mixed)).toBeInstanceOf(WrongExpectedVersionError)
    expect(await all(client.readStream(stream))).toHaveLength(3)
  })

  clientTest('hides a stream that was deleted softly and goes on at its old revision', async (client) => {
    const stream = newStream()
    await append(client, stream, NO_STREAM, 3)
    await client.deleteStream(stream)
    expect(await failure(all(client.readStream(stream)))).toBeInstanceOf(StreamNotFoundError)
    expect((await append(client, stream, NO_STREAM)).nextExpectedRevision).toBe(3n)
  })

  clientTest('ends a stream for ever with a tombstone', async (client) => {
    const stream = newStream()
    await append(client, stream, NO_STREAM)
    await client.tombstoneStream(stream)
    expect(await failure(all(client.readStream(stream)))).toBeInstanceOf(StreamDeletedError)
    expect(await failure(append(client, stream, NO_STREAM))).toBeInstanceOf(StreamDeletedError)
    expect(await failure(client.tombstoneStream(stream))).toBeInstanceOf(StreamDeletedError)
  })

  clientTest('shows of a stream with a maximum count the newest events, and in $all the others too', async (client) => {
    const stream = newStream()
    await client.setStreamMetadata(stream, { maxCount: 1 })
    await append(client, stream, NO_STREAM, 3)
    expect((await all(client.readStream(stream))).map(({ event }) => event?.revision)).toEqual([2n])
    const newest = await all(client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 4_096 }))
    expect(newest.filter(({ event }) => event?.streamId === stream).map(({ event }) => event?.revision)).toEqual([2n, 1n, 0n])
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 1 })
  })

  clientTest('answers an append again with its position, or with none when it is not to be seen any more', async (client) => {
    const [stream, hidden] = [newStream(), newStream()]
    const events = [event(), event(), event()]
    await client.setStreamMetadata(hidden, { maxCount: 1 })
    for (const appendedTo of [stream, hidden]) {
      const first = await client.appendToStream(appendedTo, events, { expectedRevision: NO_STREAM })
      await client.appendToStream(appendedTo, [event()], { expectedRevision: 2n })
      const again = await client.appendToStream(appendedTo, events, { expectedRevision: NO_STREAM })
      expect(again.position).toEqual(appendedTo === stream ? first.position : undefined)
    }
    const read = await all(client.readStream(stream))
    const two = await client.appendToStream(stream, events.slice(0, 2), { expectedRevision: NO_STREAM })
    expect(two).toMatchObject({ nextExpectedRevision: 1n, position: read[1]?.event?.position })
    expect(new Set(read.map(({ event }) => event?.position?.commit)).size).toBe(4)
  })

  clientTest('takes an append to a stream that was deleted softly for the first one, and keeps it hidden', async (client) => {
    const [stream, events] = [newStream(), [event(), event()]]
    await client.appendToStream(stream, events, { expectedRevision: NO_STREAM })
    await client.deleteStream(stream)
    expect((await client.appendToStream(stream, events, { expectedRevision: NO_STREAM })).nextExpectedRevision).toBe(1n)
    expect(await failure(all(client.readStream(stream)))).toBeInstanceOf(StreamNotFoundError)
    expect(await failure(client.deleteStream(newStream()))).toBeInstanceOf(WrongExpectedVersionError)
  })

  clientTest('takes metadata of a stream that was ended for ever if it had some before, and does not show them', async (client) => {
    const [stream, bare] = [newStream(), newStream()]
    await client.setStreamMetadata(stream, { maxCount: 1 })
    for (const one of [bare, stream]) await client.tombstoneStream(one)
    expect((await client.setStreamMetadata(stream, { maxCount: 2 })).success).toBe(true)
    expect(await failure(client.setStreamMetadata(bare, { maxCount: 2 }))).toBeInstanceOf(StreamDeletedError)
    expect(await failure(client.getStreamMetadata(stream))).toBeInstanceOf(StreamDeletedError)
    const tombstone = (await all(client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 4_096 }))).find(
      ({ event }) => event?.streamId === stream,
    )
    expect(tombstone?.event).toMatchObject({ type: '$streamDeleted', revision: 9_223_372_036_854_775_807n })
  })

  clientTest('reads from no position at which no record begins, and nothing from beyond the end', async (client) => {
    const { position } = await append(client, newStream(), NO_STREAM, 2)
    await append(client, newStream(), NO_STREAM)
    const at = (commit: bigint) => ({ commit, prepare: commit })
    const from = position?.commit ?? 0n
    for (const wrong of [from + 1n, from - 1n]) {
      for (const direction of [FORWARDS, BACKWARDS] as const) {
        const reading = all(client.readAll({ fromPosition: at(wrong), direction, maxCount: 1 }))
        expect(await failure(reading)).toMatchObject({ type: 'unknown', code: 2 })
      }
      const subscription = client.subscribeToAll({ fromPosition: at(wrong), filter: excludeSystemEvents() })
      expect(await new Promise((resolve) => void subscription.on('error', resolve))).toMatchObject({ type: 'unknown', code: 2 })
    }
    expect(await all(client.readAll({ fromPosition: at(from + 1_000_000_000n), maxCount: 1 }))).toEqual([])
    expect((await all(client.readAll({ fromPosition: at(0n), maxCount: 1 })))[0]?.event?.streamId).toBe('$$$scavenges')
  })

  clientTest('catches up at once with a subscriber from beyond the end, and shows it what is recorded before that', async (client) => {
    const beyond = 1n << 50n
    const subscription = client.subscribeToAll({ fromPosition: { commit: beyond, prepare: beyond }, filter: excludeSystemEvents() })
    await new Promise<void>((resolve) => void subscription.on('caughtUp', resolve))
    const stream = newStream()
    const seen = new Promise<bigint | undefined>((resolve) => {
      subscription.on('data', ({ event }) => event?.streamId === stream && resolve(event.position?.commit))
    })
    const { position } = await append(client, stream, NO_STREAM)
    expect(await seen).toBe(position?.commit)
    await subscription.unsubscribe()
  })

  clientTest('tells a subscriber with a filter by prefix what it asked for, and that it has caught up', async (client) => {
    const category = `c${randomUUID().replaceAll('-', '')}`
    await append(client, `${category}-1`, NO_STREAM, 2)
    await append(client, newStream(), NO_STREAM, 2)
    const subscription = client.subscribeToAll({ fromPosition: START, filter: streamNameFilter({ prefixes: [category] }) })
    const streams: (string | undefined)[] = []
    const caughtUp = new Promise<void>((resolve) => void subscription.on('caughtUp', resolve))
    const three = new Promise<void>((resolve) => {
      subscription.on('data', ({ event }) => {
        streams.push(event?.streamId)
        if (streams.length === 3) resolve()
      })
    })
    await caughtUp
    await append(client, newStream(), NO_STREAM)
    await append(client, `${category}-2`, NO_STREAM)
    await three
    expect(streams).toEqual([`${category}-1`, `${category}-1`, `${category}-2`])
    await subscription.unsubscribe()
  })
})

describe('the log of the stand-in on disk', () => {
  const proposed = () => ({
    id: randomUUID(),
    type: 'T',
    contentType: 'application/json',
    data: Buffer.from('{}'),
    metadata: new Uint8Array(),
  })
  const shown = (log: Log) => log.all.map(({ stream, revision, position, id }) => ({ stream, revision, position, id }))

  test('is the same when it is opened again, without what was only half written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatebook-'))
    try {
      const file = join(folder, 'log')
      const first = openFileLog(file)
      first.log.append('account-1', 'no_stream', [proposed(), proposed()])
      first.log.tombstone('dataKey-1', 'any')
      const before = shown(first.log)
      first.close()
      appendFileSync(file, '{"id":"half')
      const again = openFileLog(file)
      expect(shown(again.log)).toEqual(before)
      expect(again.log.append('dataKey-1', 'any', [proposed()])).toEqual({ type: 'deleted' })
      expect(again.log.append('account-1', 1, [proposed()])).toMatchObject({ type: 'appended', revision: 2 })
      again.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('begins with events of the server’s own, as that of a server does', () => {
    expect(createLog().all.every(({ stream }) => stream.startsWith('$'))).toBe(true)
    expect(createLog().all.length).toBeGreaterThan(0)
  })
})
