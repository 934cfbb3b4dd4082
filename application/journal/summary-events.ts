import { isLeft } from 'fp-ts/lib/Either.js'
import type { StoredEvent } from '../../domain/kernel/reader.ts'
import type { EventStore } from '../ports/event-store.ts'
import type { Aggregate, Loaded } from './aggregate.ts'

const summaryEvery = 256

/** Puts a summary event in front of `events` from time to time. */
export function withSummary<S, C, E extends StoredEvent, R>(
  { decider: { summary } }: Aggregate<S, C, E, R>,
  { state, revision }: Loaded<S>,
  events: readonly E[],
): readonly E[] {
  const [next] = events
  const before = revision + 1
  const isDue = Math.floor((before + events.length) / summaryEvery) > Math.floor(before / summaryEvery)
  const summarized = summary !== undefined && next !== undefined && isDue ? summary.of(state, next) : null
  return summarized === null ? events : [summarized, ...events]
}

/** `summaryOf` may be outdated, so the event found there is checked. It is asked in vain for cached states too: an unknown address is never cached. */
export const readFromSummary =
  (store: EventStore, summaryOf: (stream: string) => number | undefined) =>
  async <S, C, E extends StoredEvent, R>({ decider }: Aggregate<S, C, E, R>, stream: string, from: number) => {
    const type = decider.summary?.type
    const newest = type === undefined ? undefined : summaryOf(stream)
    const summary = from === 0 ? newest : undefined
    if (summary !== undefined) {
      const recorded = await store.read(stream, summary)()
      if (isLeft(recorded) || recorded.right[0]?.type === type) return recorded
    }
    return store.read(stream, from)()
  }
