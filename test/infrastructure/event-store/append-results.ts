import { isLeft } from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import type { Appended, EventStore, NewEvent, RecordedEvent } from '../../../application/ports/event-store.ts'
import { idsOf, newEvents, newStream } from '../../contract/event-store/support.ts'

type Outcome = Appended | 'unavailable'
/** An append and its outcome. */
export type AppendResult = { readonly stream: string; readonly events: readonly NewEvent[]; readonly outcome: Outcome }

/** Appends two events at a time to streams of its own until `isOver`, and keeps each result. */
export const appendUntil = async (store: EventStore, isOver: () => boolean, results: AppendResult[]) => {
  while (!isOver()) {
    const stream = newStream()
    let outcome: Outcome = { revision: -1, position: 0 }
    for (let revision = -1; revision < 39 && outcome !== 'unavailable' && !isOver(); revision += 2) {
      const events = newEvents(2)
      const appended = await store.append(stream, revision === -1 ? 'no_stream' : revision, events)()
      if (isLeft(appended)) expect(appended.left.type).toBe('unavailable')
      outcome = isLeft(appended) ? 'unavailable' : appended.right
      results.push({ stream, events, outcome })
    }
  }
}

/** An acknowledged append is recorded once, at the reported position. Any other is recorded as a whole or not at all. */
const expectStreamWhole = (there: readonly RecordedEvent[], results: readonly AppendResult[]) => {
  const last = results.at(-1)
  const isLastThere = last !== undefined && there.some(({ eventId }) => eventId === last.events[0]?.eventId)
  const expected = results.filter(({ outcome }) => outcome !== 'unavailable' || isLastThere)
  expect(idsOf(there)).toEqual(idsOf(expected.flatMap(({ events }) => events)))
  expect(there.map(({ revision }) => revision)).toEqual(there.map((_, index) => index))
  for (const { events, outcome } of results) {
    const placed = there.find(({ eventId }) => eventId === events.at(-1)?.eventId)
    if (outcome !== 'unavailable') expect({ revision: placed?.revision, position: placed?.position }).toEqual(outcome)
  }
}

/** Checks every stream that was appended to. */
export const expectWhole = (log: readonly RecordedEvent[], results: readonly AppendResult[]) => {
  const ofLog = Map.groupBy(log, ({ stream }) => stream)
  for (const [stream, ofStream] of Map.groupBy(results, (one) => one.stream)) expectStreamWhole(ofLog.get(stream) ?? [], ofStream)
}
