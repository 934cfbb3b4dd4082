import { isLeft } from 'fp-ts/lib/Either.js'
import type { StoredEvent } from '../../domain/kernel/reader.ts'
import type { EventStore } from '../ports/event-store.ts'
import type { Aggregate, Loaded } from './aggregate.ts'

/** How many events of a stream there are, about, from one that sums it up to the next. */
const summaryEvery = 256

/** The events as they are to be recorded: where it is time for it, one that sums up what they were decided on goes before them. */
export function withSummary<S, C, E extends StoredEvent, R>(
  { decider: { summary } }: Aggregate<S, C, E, R>,
  { state, revision }: Loaded<S>,
  events: readonly E[],
): readonly E[] {
  const [next] = events
  const before = revision + 1
  const isDue = Math.floor((before + events.length) / summaryEvery) > Math.floor(before / summaryEvery)
  return summary !== undefined && next !== undefined && isDue ? [summary.of(state, next), ...events] : events
}

/** An unknown stream is read from its summary event. `summaryOf` may be outdated, so what is found there is checked. */
export const readFromSummary =
  (store: EventStore, summaryOf: (stream: string) => number | undefined) =>
  async <S, C, E extends StoredEvent, R>({ decider }: Aggregate<S, C, E, R>, stream: string, from: number) => {
    const type = decider.summary?.type
    const summary = from === 0 && type !== undefined ? summaryOf(stream) : undefined
    if (summary !== undefined) {
      const recorded = await store.read(stream, summary)()
      if (isLeft(recorded) || recorded.right[0]?.type === type) return recorded
    }
    return store.read(stream, from)()
  }
