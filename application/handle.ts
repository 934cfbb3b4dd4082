import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Decider } from '../domain/kernel/decider.ts'
import type { EventReader, StoredEvent } from '../domain/kernel/reader.ts'
import type { EventStore, Metadata, NewEvent, RecordedEvent, StoreFailure } from './event-store.ts'
import { type Folded, foldedStates } from './folded.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { NewId } from './ports.ts'

/** A decider with the reader of its events. */
export type Aggregate<State, Command, Event extends StoredEvent, Refusal> = {
  readonly decider: Decider<State, Command, Event, Refusal>
  readonly reader: EventReader<Event>
}

/** What came of a command: no events if everything was so already; `position` is where a reader must be to have seen it. */
export type Handled<State, Event> = Folded<State> & { readonly events: readonly Event[]; readonly position: number }

export type Journal = {
  /** The state of a stream now, and the revision of its last event (-1 where nothing happened yet). */
  readonly load: <S, C, E extends StoredEvent, R>(aggregate: Aggregate<S, C, E, R>, stream: string) => TaskEither<StoreFailure, Folded<S>>

  /** Load, decide, append with the revision that the decision was made on; on conflict decide again. The one place where that is done. */
  readonly handle: <S, C, E extends StoredEvent, R>(
    aggregate: Aggregate<S, C, E, R>,
    stream: string,
    command: C,
    metadata: Metadata,
  ) => TaskEither<StoreFailure | R, Handled<S, E>>
}

/** `forget` drops the states that are kept: some of what they were folded from may not be in the log any more. */
export type RememberingJournal = Journal & { readonly forget: () => void }

const decisionsBeforeGivingUp = 100
const statesKept = 10_000

export const journal = (deps: { store: EventStore; newId: NewId }): RememberingJournal => {
  const { store, newId } = deps
  const inTurn = oneAtATime()
  const kept = foldedStates(statesKept)

  const load: Journal['load'] =
    <S, C, E extends StoredEvent, R>({ decider, reader }: Aggregate<S, C, E, R>, stream: string) =>
    async () => {
      const known = kept.get<S>(stream) ?? { state: decider.initial, revision: -1 }
      const recorded = await store.read(stream, known.revision + 1)()
      if (isLeft(recorded)) return recorded
      if (recorded.right.length === 0) return kept.dropIfDoubted(stream) ? load({ decider, reader }, stream)() : right(known)
      const events = decodeAll(reader, recorded.right)
      if (isLeft(events)) return events
      const folded = { state: events.right.reduce(decider.evolve, known.state), revision: known.revision + events.right.length }
      kept.keep(stream, folded)
      return right(folded)
    }

  /** One decision on what the stream says now; a conflict means that it says more by now. */
  const decideOnce = async <S, C, E extends StoredEvent, R>(
    aggregate: Aggregate<S, C, E, R>,
    stream: string,
    command: C,
    metadata: Metadata,
  ): Promise<Either<StoreFailure | R, Handled<S, E>>> => {
    const { decider, reader } = aggregate
    const loaded = await load(aggregate, stream)()
    if (isLeft(loaded)) return loaded
    const { state, revision } = loaded.right
    const decision = decider.decide(command, state)
    if (isLeft(decision)) return decision
    const events = decision.right
    if (events.length === 0) return right({ state, revision, events, position: 0 })
    const recordable = events.map((event) => newEvent(newId(), reader.encode(event), metadata))
    const appended = await store.append(stream, revision === -1 ? 'no_stream' : revision, recordable)()
    if (isLeft(appended)) {
      kept.doubt(stream)
      return appended
    }
    const folded = { state: events.reduce(decider.evolve, state), revision: appended.right.revision }
    kept.keep(stream, folded)
    return right({ ...folded, events, position: appended.right.position })
  }

  const decideAgain = async <Failure, Done>(once: () => Promise<Either<Failure | StoreFailure, Done>>) => {
    for (let decisions = 0; decisions < decisionsBeforeGivingUp; decisions++) {
      const outcome = await once()
      if (!isConflict(outcome)) return outcome
    }
    return left<Failure | StoreFailure>({ is: 'unavailable', detail: `gave up after ${decisionsBeforeGivingUp} conflicts` })
  }

  return {
    load,
    forget: kept.clear,
    handle: (aggregate, stream, command, metadata) => () =>
      inTurn(stream, () => decideAgain(() => decideOnce(aggregate, stream, command, metadata))),
  }
}

const isConflict = (outcome: Either<unknown, unknown>) =>
  isLeft(outcome) && typeof outcome.left === 'object' && outcome.left !== null && 'is' in outcome.left && outcome.left.is === 'conflict'

const newEvent = (eventId: string, event: StoredEvent, metadata: Metadata): NewEvent => ({ eventId, ...event, metadata })

const decodeAll = <E extends StoredEvent>(
  reader: EventReader<E>,
  recorded: readonly RecordedEvent[],
): Either<StoreFailure, readonly E[]> => {
  const events: E[] = []
  for (const { stream, revision, type, version, data } of recorded) {
    const decoded = reader.decode({ type, version, data })
    if (isLeft(decoded)) return left({ is: 'corrupt', detail: `${type}@${version} cannot be read: ${stream} revision ${revision}` })
    events.push(decoded.right)
  }
  return right(events)
}
