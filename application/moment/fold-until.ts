import { isLeft } from 'fp-ts/lib/Either.js'
import { isPayloadErased } from '../../domain/catalogue.ts'
import type { StoredEvent } from '../../domain/kernel/reader.ts'
import type { LocalStreams } from '../explain/local-streams.ts'
import { type Aggregate, emptyState, foldEvents } from '../journal/aggregate.ts'

/** `isWhole`: nothing of it was erased. */
export type Folded<State> = { readonly state: State; readonly isWhole: boolean }

/** The state of a stream as it was at a position of the log, by the fold that runs live. Throws for an event that cannot be read. */
export function foldUntil<S, C, E extends StoredEvent, R>(
  log: LocalStreams,
  aggregate: Aggregate<S, C, E, R>,
  stream: string,
  position: number,
): Folded<S> {
  const newest = log.newestUntil(stream, position)
  const empty = emptyState(aggregate)
  if (newest === undefined) return { state: empty.state, isWhole: true }
  const { summary } = aggregate.decider
  const from = (summary && log.newestOfType(stream, summary.type, newest.revision)) ?? 0
  const events = log.events(stream, from, newest.revision)
  const folded = foldEvents(aggregate, empty, events)
  if (isLeft(folded)) throw new Error('detail' in folded.left ? folded.left.detail : folded.left.type)
  return { state: folded.right.state, isWhole: !events.some(isPayloadErased) }
}
