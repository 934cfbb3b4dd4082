import { isRight, left } from 'fp-ts/lib/Either.js'
import type { EventStore, NewEvent, RecordedEvent, StoreFailure } from '../../../application/ports/event-store.ts'
import { categoryOf } from '../../../domain/kernel/streams.ts'
import { randomFrom } from '../random.ts'

const has = (events: readonly NewEvent[], type: string) => events.some((event) => event.type === type)

/** Runs `act` once, between the decision on an event of `type` and its append. */
export const interposing =
  (type: string, act: () => Promise<unknown>) =>
  (store: EventStore): EventStore => {
    let done = false
    return {
      ...store,
      append: (stream, expected, events) => async () => {
        if (!done && has(events, type)) {
          done = true
          await act()
        }
        return store.append(stream, expected, events)()
      },
    }
  }

export const goneAway: StoreFailure = { type: 'unavailable', detail: 'gone away' }

/** Fails every append of an event of `type`, as if the node had crashed just before it. */
export const crashingBefore =
  (type: string) =>
  (store: EventStore): EventStore => ({
    ...store,
    append: (stream, expected, events) => (has(events, type) ? async () => left(goneAway) : store.append(stream, expected, events)),
  })

/** Delays each read and append by up to three turns of the event loop, so that nodes overtake each other. */
export const delaying =
  (seed: number) =>
  (store: EventStore): EventStore => {
    const random = randomFrom(seed)
    const delay = async () => {
      for (let turns = random.below(4); turns > 0; turns--) await new Promise((next) => setImmediate(next))
    }
    return {
      ...store,
      read: (stream, from) => async () => {
        await delay()
        return store.read(stream, from)()
      },
      append: (stream, expected, events) => async () => {
        await delay()
        return store.append(stream, expected, events)()
      },
    }
  }

/** Counts the reads and appends of a store, but for the language of mails, which are written in the background. */
export const counting = (store: EventStore) => {
  const counts = { reads: 0, appends: 0 }
  const read: EventStore['read'] = (...what) => {
    if (categoryOf(what[0]) !== 'preferences') counts.reads++
    return store.read(...what)
  }
  const append: EventStore['append'] = (...what) => {
    counts.appends++
    return store.append(...what)
  }
  return { counts, store: { ...store, read, append } }
}

/** Calls `found` with the events of each read. */
export const observingReads =
  (found: (events: readonly RecordedEvent[], stream: string) => void) =>
  (store: EventStore): EventStore => ({
    ...store,
    read: (stream, from) => async () => {
      const recorded = await store.read(stream, from)()
      if (isRight(recorded)) found(recorded.right, stream)
      return recorded
    },
  })
