import { isLeft } from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import type { Appended, EventStore, NewEvent, RecordedEvent } from '../../../application/ports/event-store.ts'
import { idsOf, newEvents, newStream } from '../../contract/event-store/support.ts'

type Answer = Appended | 'unavailable'
/** An append and what its caller was told of it. */
export type Told = { readonly stream: string; readonly events: readonly NewEvent[]; readonly answer: Answer }

/** Appends two events at a time to streams of its own until `isOver`, and keeps what it was told of each. */
export const appendUntil = async (store: EventStore, isOver: () => boolean, told: Told[]) => {
  while (!isOver()) {
    const stream = newStream()
    let answer: Answer = { revision: -1, position: 0 }
    for (let revision = -1; revision < 39 && answer !== 'unavailable' && !isOver(); revision += 2) {
      const events = newEvents(2)
      const appended = await store.append(stream, revision === -1 ? 'no_stream' : revision, events)()
      if (isLeft(appended)) expect(appended.left.type).toBe('unavailable')
      answer = isLeft(appended) ? 'unavailable' : appended.right
      told.push({ stream, events, answer })
    }
  }
}

/** What was acknowledged is there once, where the answer said; of what was not, all or nothing is there. */
const expectStreamWhole = (there: readonly RecordedEvent[], told: readonly Told[]) => {
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

/** Of every stream that was appended to. */
export const expectWhole = (log: readonly RecordedEvent[], told: readonly Told[]) => {
  const ofLog = Map.groupBy(log, ({ stream }) => stream)
  for (const [stream, ofStream] of Map.groupBy(told, (one) => one.stream)) expectStreamWhole(ofLog.get(stream) ?? [], ofStream)
}
