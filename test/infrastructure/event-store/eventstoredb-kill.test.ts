import { setTimeout } from 'node:timers/promises'
import { isLeft } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import type { Appended, EventStore, NewEvent, RecordedEvent } from '../../../application/event-store.ts'
import { got, idsOf, newEvents, newStream, restOfLog } from '../../contract/event-store/support.ts'
import { openStore } from './eventstoredb-for-test.ts'
import { killableServer, killedServer } from './killable-server.ts'

/** `ROUNDS=50` for the long run. */
const rounds = Number(process.env.ROUNDS ?? 2)
const callers = 8

type Answer = Appended | 'unavailable'
type Told = { readonly stream: string; readonly events: readonly NewEvent[]; readonly answer: Answer }

/** Appends two events at a time to streams of its own until `isOver`, and keeps what it was told of each. */
const appendUntil = async (store: EventStore, isOver: () => boolean, told: Told[]) => {
  while (!isOver()) {
    const stream = newStream()
    let answer: Answer = { revision: -1, position: 0 }
    for (let revision = -1; revision < 39 && answer !== 'unavailable' && !isOver(); revision += 2) {
      const events = newEvents(2)
      const appended = await store.append(stream, revision === -1 ? 'no_stream' : revision, events)()
      if (isLeft(appended)) expect(appended.left.is).toBe('unavailable')
      answer = isLeft(appended) ? 'unavailable' : appended.right
      told.push({ stream, events, answer })
    }
  }
}

/** What was acknowledged is there once, where the answer said; of what was not, all or nothing is there. */
const expectWhole = (there: readonly RecordedEvent[], told: readonly Told[]) => {
  const last = told.at(-1)
  const isLastThere = last !== undefined && there.some(({ eventId }) => eventId === last.events[0]?.eventId)
  const expected = told.filter(({ answer }) => answer !== 'unavailable' || isLastThere)
  expect(idsOf(there)).toEqual(idsOf(expected.flatMap(({ events }) => events)))
  expect(there.map(({ revision }) => revision)).toEqual(there.map((_, index) => index))
  for (const { events, answer } of told) {
    const placed = there.find(({ eventId }) => eventId === events.at(-1)?.eventId)
    if (answer !== 'unavailable') expect({ revision: placed?.revision, position: placed?.position }).toEqual(answer)
  }
}

test(
  `${killedServer}, killed under load, loses nothing that was acknowledged and doubles nothing (${rounds} rounds)`,
  async () => {
    const server = await killableServer()
    const store = await openStore(server.url, { callMs: 60_000, attemptMs: 1_000 })
    try {
      const before = await got(store.head())
      const told: Told[] = []
      const shown: RecordedEvent[] = []
      let isOver = false
      const subscription = store.subscribe(before, { event: () => {}, events: (batch) => void shown.push(...batch), dropped: () => {} })
      const appending = Promise.all(Array.from({ length: callers }, () => appendUntil(store, () => isOver, told)))
      for (let round = 0; round < rounds; round++) {
        const acknowledged = told.length
        while (told.length < acknowledged + 2 * callers) await setTimeout(5)
        await setTimeout(Math.random() * 300)
        await server.kill()
        await server.start()
      }
      isOver = true
      await appending
      const log = await restOfLog(store, before, 5_000)
      while ((shown.at(-1)?.position ?? 0) < (log.at(-1)?.position ?? 0)) await setTimeout(5)
      await subscription.close()
      const streams = new Map([...Map.groupBy(told, ({ stream }) => stream)])
      const ofLog = Map.groupBy(log, ({ stream }) => stream)
      for (const [stream, answers] of streams) expectWhole(ofLog.get(stream) ?? [], answers)
      expect(shown).toEqual(log)
      expect(told.length).toBeGreaterThan(rounds * callers)
    } finally {
      await store.close()
      await server.remove()
    }
  },
  60_000 + rounds * 60_000,
)
