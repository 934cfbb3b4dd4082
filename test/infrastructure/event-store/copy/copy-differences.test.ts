import { randomUUID } from 'node:crypto'
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { NewEvent } from '../../../../application/ports/event-store.ts'
import { copyLog } from '../../../../infrastructure/event-store/copy/copy-log.ts'
import type { CopyTarget } from '../../../../infrastructure/event-store/copy/copyable-log.ts'
import { verifyCopy } from '../../../../infrastructure/event-store/copy/verify-copy.ts'
import { got, newEvents, newKeyStream, newStream } from '../../../contract/event-store/support.ts'
import { writtenLog } from './any-log.ts'
import { type Append, aLog, appending, copyTest, emptyStore } from './support.ts'

const foreign = {
  'an event of another log': async (to: CopyTarget) => void (await got(to.append(newStream(), 'no_stream', newEvents(1)))),
  'a dead name that the source knows nothing of': async (to: CopyTarget) => void (await got(to.deleteKeyStream(newKeyStream()))),
}

describe('a target that holds anything else', () => {
  test.each(Object.entries(foreign))('is refused before anything is written: %s', async (_, put) => {
    const { to, log, dispose } = await emptyStore()
    await put(to)
    const before = log.all.length
    const { from } = aLog()
    expect(await copyLog({ from, to })).toEqual(left({ type: 'different', events: 0 }))
    expect(await verifyCopy({ from, to })).toEqual(left({ type: 'different', events: 0 }))
    expect(log.all).toHaveLength(before)
    await dispose()
  })

  copyTest('is refused before anything is written: events that are not of Gatebook', async ({ to, log, url }) => {
    const client = EventStoreDBClient.connectionString(url)
    await client.appendToStream('orders-of-somebody@example.org', [jsonEvent({ id: randomUUID(), type: 'OrderPlaced', data: {} })])
    await client.dispose()
    const before = log.all.length
    expect(await copyLog({ from: aLog().from, to })).toMatchObject({ left: { type: 'target_failed', failure: { type: 'corrupt' } } })
    expect(log.all).toHaveLength(before)
  })

  copyTest('is refused also where it begins like the source', async ({ to, log }) => {
    const { from, account } = aLog()
    await copyLog({ from, to })
    await got(to.append(account, 4, newEvents(1)))
    const before = log.all.length
    from.append(account)
    expect(await copyLog({ from, to })).toEqual(left({ type: 'different', events: 9 }))
    expect(log.all).toHaveLength(before)
  })

  copyTest('is refused when the source has put a key under another master key since', async ({ to }) => {
    const { from, key } = aLog()
    await copyLog({ from, to })
    from.append(key)
    expect(await copyLog({ from, to })).toMatchObject({ left: { type: 'different' } })
  })

  copyTest('is refused where a stream that was emptied goes on at its old revision', async ({ to, url }) => {
    const { from, account } = aLog()
    const client = EventStoreDBClient.connectionString(url)
    await got(to.append(account, 'no_stream', newEvents(1)))
    await client.deleteStream(account)
    await client.dispose()
    expect(await copyLog({ from, to })).toMatchObject({ left: { type: 'different', events: 0 } })
  })
})

const changing =
  (change: (event: NewEvent) => NewEvent) =>
  (append: Append): Append =>
  (stream, expected, events) =>
    append(stream, expected, events.map(change))
const reversed = (data: unknown) => Object.fromEntries(Object.entries(data as object).reverse())

const damages: [string, (append: Append) => Append][] = [
  ['other data', changing((event) => ({ ...event, data: { number: -1 } }))],
  ['data in another order', changing((event) => ({ ...event, data: reversed(event.data) }))],
  ['another id', changing((event) => ({ ...event, eventId: randomUUID() }))],
  ['another version', changing((event) => ({ ...event, version: 2 }))],
  ['another type', changing((event) => ({ ...event, type: 'SomethingElse' }))],
  ['another actor', changing((event) => ({ ...event, metadata: { ...event.metadata, actor: 'x' } }))],
  ['another correlation', changing((event) => ({ ...event, metadata: { ...event.metadata, correlationId: 'x' } }))],
  ['another cause', changing((event) => ({ ...event, metadata: { ...event.metadata, causationId: 'x' } }))],
  ['another session', changing((event) => ({ ...event, metadata: { ...event.metadata, sessionId: 'x' } }))],
  ['another stream', (append) => (_, expected, events) => append(newStream(), expected, events)],
  ['nothing', () => () => async () => right({ revision: 0, position: 0 })],
]

describe('an event that arrives otherwise than it was sent', () => {
  test.each(damages)('is found: %s', async (_, damage) => {
    const { to, dispose } = await emptyStore()
    const from = writtenLog()
    from.append(newStream(), 3)
    from.append(newStream(), 1)
    const damaged = appending(to, (append, call) => (call === 1 ? damage(append) : append))
    expect(await copyLog({ from, to: damaged })).toEqual(left({ type: 'different', events: 3 }))
    expect(await verifyCopy({ from, to })).toMatchObject({ left: { events: 3 } })
    await dispose()
  })

  copyTest('is found: two events in the wrong order', async ({ to }) => {
    const from = writtenLog()
    from.append(newStream())
    from.append(newStream())
    let held: (() => Promise<unknown>) | undefined
    const swapping = appending(to, (append, call) => (...asked) => async () => {
      if (call === 0) {
        held = append(...asked)
        return right({ revision: 0, position: 0 })
      }
      const answer = await append(...asked)()
      await held?.()
      return answer
    })
    expect(await copyLog({ from, to: swapping })).toEqual(left({ type: 'different', events: 0 }))
  })
})
