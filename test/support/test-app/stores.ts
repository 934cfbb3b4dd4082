import { isRight, left } from 'fp-ts/lib/Either.js'
import type { EventStore, NewEvent, RecordedEvent, StoreFailure } from '../../../application/ports/event-store.ts'

const has = (events: readonly NewEvent[], type: string) => events.some((event) => event.type === type)

/** Runs `act` once, in the moment between the decision on an event of `type` and its append. */
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

/** Never gets an event of `type` into the log, as a node does not that crashed just before. */
export const crashingBefore =
  (type: string) =>
  (store: EventStore): EventStore => ({
    ...store,
    append: (stream, expected, events) => (has(events, type) ? async () => left(goneAway) : store.append(stream, expected, events)),
  })

/** Waits a few turns of the event loop, now more, now fewer, before it reads and appends, so that nodes overtake each other. */
export const dawdling =
  (seed: number) =>
  (store: EventStore): EventStore => {
    let random = seed
    const dawdle = async () => {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
      for (let turns = Math.floor(random / 65_536) % 4; turns > 0; turns--) await new Promise((next) => setImmediate(next))
    }
    return {
      ...store,
      read: (stream, from) => async () => {
        await dawdle()
        return store.read(stream, from)()
      },
      append: (stream, expected, events) => async () => {
        await dawdle()
        return store.append(stream, expected, events)()
      },
    }
  }

/** `store`, with how often it was read and appended to. */
export const counting = (store: EventStore) => {
  const counts = { reads: 0, appends: 0 }
  const read: EventStore['read'] = (...what) => {
    counts.reads++
    return store.read(...what)
  }
  const append: EventStore['append'] = (...what) => {
    counts.appends++
    return store.append(...what)
  }
  return { counts, store: { ...store, read, append } }
}

/** Tells what each read has found. */
export const tellingReads =
  (found: (events: readonly RecordedEvent[], stream: string) => void) =>
  (store: EventStore): EventStore => ({
    ...store,
    read: (stream, from) => async () => {
      const recorded = await store.read(stream, from)()
      if (isRight(recorded)) found(recorded.right, stream)
      return recorded
    },
  })
