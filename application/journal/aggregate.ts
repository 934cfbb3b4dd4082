import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../../domain/kernel/decider.ts'
import type { EventReader, StoredEvent } from '../../domain/kernel/reader.ts'
import type { RecordedEvent, StoreFailure } from '../ports/event-store.ts'

export type Aggregate<State, Command, Event extends StoredEvent, Refusal> = {
  readonly decider: Decider<State, Command, Event, Refusal>
  readonly reader: EventReader<Event>
  /** The store keeps only the newest event of its streams, so nothing is read from a revision and no state is cached. */
  readonly keepsNewestOnly?: boolean
}

/** `revision`: of the last event; -1 for none. */
export type Loaded<State> = { readonly state: State; readonly revision: number }

export function emptyState<S, C, E extends StoredEvent, R>({ decider }: Aggregate<S, C, E, R>): Loaded<S> {
  return {
    state: decider.initial,
    revision: -1,
  }
}

/** Stops at an event that cannot be read. */
export function foldEvents<S, C, E extends StoredEvent, R>(
  { decider, reader }: Aggregate<S, C, E, R>,
  folded: Loaded<S>,
  recorded: readonly RecordedEvent[],
): Either<StoreFailure, Loaded<S>> {
  let { state } = folded
  for (const { stream, revision, type, version, data } of recorded) {
    const decoded = reader.decode({ type, version, data })
    if (isLeft(decoded)) return left({ type: 'corrupt', detail: `${type}@${version} cannot be read: ${stream} revision ${revision}` })
    state = decider.evolve(state, decoded.right)
  }
  return right({ state, revision: recorded.at(-1)?.revision ?? folded.revision })
}
