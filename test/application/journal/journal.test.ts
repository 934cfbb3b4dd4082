import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { EventStore } from '../../../application/ports/event-store.ts'
import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { accountId } from '../../support/domain/ids.ts'
import { race, refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { counting, crashingBefore, delaying, goneAway, interposing } from '../../support/test-app/stores.ts'
import { metadata, node, stream, typesIn } from './support.ts'

describe('the journal', () => {
  test('answers with the state, the events, and where they stand', async () => {
    const store = memoryEventStore()
    const claimed = await succeed(node(store).claim(1))
    expect(claimed).toMatchObject({ state: { type: 'claimed', by: accountId(1) }, revision: 0, position: 1 })
    expect(claimed.events.map(({ type }) => type)).toEqual(['EmailClaimed'])
    const [recorded] = await succeed(store.read(stream))
    expect(recorded).toMatchObject({ data: { accountId: accountId(1), at: '2026-06-01T12:00:00.000Z' }, metadata })
  })

  test('starts at revision -1 where nothing happened yet', async () => {
    expect(await succeed(node(memoryEventStore()).load)).toEqual({ state: { type: 'free', releases: 0 }, revision: -1 })
  })

  test('records nothing for what is so already', async () => {
    const store = memoryEventStore()
    await succeed(node(store).claim(1))
    const again = await succeed(node(store).claim(1))
    expect(again.events).toEqual([])
    expect(await typesIn(store)).toEqual(['EmailClaimed'])
  })

  test('lets exactly one of several nodes win a stream', async () => {
    for (let round = 0; round < 50; round++) {
      const store = memoryEventStore()
      const nodes = [1, 2, 3].map((n) => node(delaying(round * 7 + n)(store)))
      const { won, lost } = await race(nodes.map(({ claim }, n) => claim(n)))
      expect(won).toHaveLength(1)
      expect(lost).toEqual([{ type: 'email_taken' }, { type: 'email_taken' }])
      expect(await typesIn(store)).toEqual(['EmailClaimed'])
    }
  })

  test('loses no event of two nodes that append to one stream at once', async () => {
    const store = memoryEventStore()
    const [one, other] = [node(delaying(1)(store)), node(delaying(2)(store))]
    await succeed(one.setUp(0))
    const { won } = await race(Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? one : other).add(n + 1)))
    expect(won.map(({ revision }) => revision).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
    const { state } = await succeed(node(store).loadAdministrators)
    expect(state).toMatchObject({ members: new Set(Array.from({ length: 41 }, (_, n) => accountId(n))) })
  })

  test('decides again on fresh state when an append conflicts', async () => {
    const store = memoryEventStore()
    const late = node(interposing('EmailClaimed', () => succeed(node(store).claim(1)))(store))
    expect(await refusalOf(late.claim(2))).toEqual({ type: 'email_taken' })
    expect(await typesIn(store)).toEqual(['EmailClaimed'])
  })

  test('never decides on what it remembers when another node has been at the stream', async () => {
    const store = memoryEventStore()
    const [one, other] = [node(store), node(store)]
    await succeed(one.claim(1))
    await succeed(other.release(1))
    expect(await succeed(one.load)).toEqual({ state: { type: 'free', releases: 1 }, revision: 1 })
    await succeed(other.claim(2))
    expect(await refusalOf(one.claim(1))).toEqual({ type: 'email_taken' })
    expect((await succeed(one.release(1))).events).toEqual([])
  })

  test('takes an event that it cannot read for corruption, and goes no further', async () => {
    const store = memoryEventStore()
    await succeed(node(store).claim(1))
    await succeed(store.append(stream, 0, [{ eventId: newId(), type: 'EmailLent', version: 1, data: {}, metadata }]))
    const corrupt = { type: 'corrupt', detail: `EmailLent@1 cannot be read: ${stream} revision 1` }
    expect(await node(store).load()).toEqual(left(corrupt))
    expect(await node(store).release(1)()).toEqual(left(corrupt))
    expect(await typesIn(store)).toEqual(['EmailClaimed', 'EmailLent'])
  })

  test('takes known events with unknown contents for corruption too', async () => {
    const store = memoryEventStore()
    await succeed(
      store.append(stream, 'no_stream', [{ eventId: newId(), type: 'EmailClaimed', version: 1, data: { accountId: 7 }, metadata }]),
    )
    expect(await refusalOf(node(store).load)).toMatchObject({ type: 'corrupt' })
  })

  test('passes on what the store failed with, after one try', async () => {
    const store = memoryEventStore()
    const { counts, store: counted } = counting(crashingBefore('EmailClaimed')(store))
    expect(await node(counted).claim(1)()).toEqual(left(goneAway))
    expect(counts.appends).toBe(1)
    expect(await typesIn(store)).toEqual([])
    expect(await succeed(node(counted).load)).toEqual({ state: { type: 'free', releases: 0 }, revision: -1 })
  })

  test('passes on that the store cannot be read', async () => {
    const store = memoryEventStore()
    await store.close()
    expect(await refusalOf(node(store).claim(1))).toMatchObject({ type: 'unavailable' })
  })

  test('goes on after a failure', async () => {
    const store = memoryEventStore()
    let isAway = true
    const append: EventStore['append'] = (...what) => (isAway ? async () => left(goneAway) : store.append(...what))
    const { claim } = node({ ...store, append })
    const waiting = [claim(1)(), claim(2)()]
    expect(await Promise.all(waiting)).toEqual([left(goneAway), left(goneAway)])
    isAway = false
    expect(await claim(3)()).toMatchObject(right({ revision: 0 }))
  })

  test('gives up after a hundred conflicts', async () => {
    const never: EventStore = { ...memoryEventStore(), append: () => async () => left({ type: 'conflict', stream }) }
    const { counts, store } = counting(never)
    expect(await refusalOf(node(store).claim(1))).toEqual({ type: 'unavailable', detail: 'gave up after 100 conflicts' })
    expect(counts.appends).toBe(100)
  })
})

describe('the journal on a log that has lost its end', () => {
  /** A store whose events the test can remove. */
  const losing = () => {
    let log = memoryEventStore()
    const store: EventStore = {
      ...log,
      read: (name, from) => log.read(name, from),
      append: (name, expected, events) => log.append(name, expected, events),
    }
    const lose = () => {
      log = memoryEventStore()
    }
    return { store, lose, types: () => typesIn(log) }
  }

  test('decides on what is there, once an append on what it remembers was refused', async () => {
    const { store, lose, types } = losing()
    const one = node(store)
    await succeed(one.claim(1))
    lose()
    expect(await succeed(one.release(1))).toMatchObject({ state: { type: 'free' }, revision: -1 })
    await succeed(one.claim(2))
    expect(await types()).toEqual(['EmailClaimed'])
  })

  test('decides on what is there, once it was told to forget', async () => {
    const { store, lose, types } = losing()
    const one = node(store)
    await succeed(one.claim(1))
    lose()
    expect(await refusalOf(one.claim(2))).toEqual({ type: 'email_taken' })
    one.clear()
    await succeed(one.claim(2))
    expect(await types()).toEqual(['EmailClaimed'])
  })
})
