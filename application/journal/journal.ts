import { type Either, isLeft, isRight, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoredEvent } from '../../domain/kernel/reader.ts'
import type { EventStore, Metadata, NewEvent, RecordedEvent, StoreFailure } from '../ports/event-store.ts'
import type { NewId } from '../ports/ports.ts'
import { type Aggregate, emptyState, foldEvents, type Loaded } from './aggregate.ts'
import { keyedMutex } from './keyed-mutex.ts'
import { stateCache } from './state-cache.ts'
import { readFromSummary, withSummary } from './summary-events.ts'

/** What came of a command: no events if everything was so already; `position` is where a reader must be to have seen it. */
export type Decided<State, Event> = Loaded<State> & { readonly events: readonly Event[]; readonly position: number }

/** Decides, appends with the revision that the decision was made on; on conflict decides again. */
type Handle = <S, C, E extends StoredEvent, R>(
  aggregate: Aggregate<S, C, E, R>,
  stream: string,
  command: C,
  metadata: Metadata,
) => TaskEither<StoreFailure | R, Decided<S, E>>

export type Journal = {
  /** The state of a stream now, and the revision of its last event (-1 where nothing happened yet). */
  readonly load: <S, C, E extends StoredEvent, R>(aggregate: Aggregate<S, C, E, R>, stream: string) => TaskEither<StoreFailure, Loaded<S>>

  /**
   * The one place where a command becomes events. What is remembered of the stream may be old, so it is good for nothing but an append, which the store
   * refuses if it is. Whatever leaves no event, a refusal or what was so already, is answered from the log.
   */
  readonly handle: Handle

  /** As `handle`, for a stream with an id that was drawn for this command: nothing is there to be read. */
  readonly begin: Handle
}

/**
 * `saw`: an event stands in the log, appended here or elsewhere; need not be told, and saves appends that would conflict. `forget` drops the states
 * that are kept: some of what they were folded from may not be in the log any more.
 */
export type CachingJournal = Journal & { readonly saw: (event: RecordedEvent) => void; readonly forget: () => void }

const decisionsBeforeGivingUp = 100
const statesKept = 10_000

type Needs = {
  readonly store: EventStore
  readonly newId: NewId
  /** The revision of the newest known event that sums a stream up. Need not be the newest, nor right. */
  readonly summaryOf?: (stream: string) => number | undefined
}

export function journal({ store, newId, summaryOf = () => undefined }: Needs): CachingJournal {
  const inTurn = keyedMutex()
  const kept = stateCache(statesKept)
  const readFrom = readFromSummary(store, summaryOf)

  const load: Journal['load'] =
    <S, C, E extends StoredEvent, R>(aggregate: Aggregate<S, C, E, R>, stream: string) =>
    async () => {
      const known = kept.get<S>(stream) ?? emptyState(aggregate)
      const recorded = await readFrom(aggregate, stream, known.revision + 1)
      if (isLeft(recorded)) return recorded
      if (recorded.right.length === 0) return kept.dropIfDoubted(stream) ? load(aggregate, stream)() : right(known)
      const folded = foldEvents(aggregate, known, recorded.right)
      if (isLeft(folded)) return folded
      kept.keep(stream, folded.right)
      return folded
    }

  /** One decision on what is remembered, if that is worth an append, or else on what the stream says now. */
  const decide = async <S, C, E extends StoredEvent, R>(
    aggregate: Aggregate<S, C, E, R>,
    stream: string,
    command: C,
  ): Promise<Either<StoreFailure | R, { readonly on: Loaded<S>; readonly events: readonly E[] }>> => {
    const { decider } = aggregate
    const known = kept.undoubted<S>(stream)
    if (known !== undefined) {
      const decision = decider.decide(command, known.state)
      if (isRight(decision) && decision.right.length > 0) return right({ on: known, events: decision.right })
    }
    const loaded = await load(aggregate, stream)()
    if (isLeft(loaded)) return loaded
    const decision = decider.decide(command, loaded.right.state)
    return isLeft(decision) ? decision : right({ on: loaded.right, events: decision.right })
  }

  const decideAndAppend = async <S, C, E extends StoredEvent, R>(
    aggregate: Aggregate<S, C, E, R>,
    stream: string,
    command: C,
    metadata: Metadata,
  ): Promise<Either<StoreFailure | R, Decided<S, E>>> => {
    const decided = await decide(aggregate, stream, command)
    if (isLeft(decided)) return decided
    const { on, events } = decided.right
    if (events.length === 0) return right({ state: on.state, revision: on.revision, events, position: 0 })
    const recordable = withSummary(aggregate, on, events).map((event) => newEvent(newId(), aggregate.reader.encode(event), metadata))
    const appended = await store.append(stream, on.revision === -1 ? 'no_stream' : on.revision, recordable)()
    if (isLeft(appended)) {
      kept.doubt(stream)
      return appended
    }
    const folded = { state: events.reduce(aggregate.decider.evolve, on.state), revision: appended.right.revision }
    kept.keep(stream, folded)
    return right({ ...folded, events, position: appended.right.position })
  }

  /** A conflict means that the stream says more by now. */
  const untilNoConflict = async <Failure, Done>(once: () => Promise<Either<Failure | StoreFailure, Done>>) => {
    for (let decisions = 0; decisions < decisionsBeforeGivingUp; decisions++) {
      const outcome = await once()
      if (!isConflict(outcome)) return outcome
    }
    return left<Failure | StoreFailure>({ type: 'unavailable', detail: `gave up after ${decisionsBeforeGivingUp} conflicts` })
  }

  const handle: Handle = (aggregate, stream, command, metadata) => () =>
    inTurn(stream, () => untilNoConflict(() => decideAndAppend(aggregate, stream, command, metadata)))

  const begin: Handle = (aggregate, stream, command, metadata) => () => {
    kept.keep(stream, emptyState(aggregate))
    return handle(aggregate, stream, command, metadata)()
  }
  return { load, handle, begin, saw: kept.saw, forget: kept.clear }
}

const isConflict = (outcome: Either<unknown, unknown>) =>
  isLeft(outcome) && typeof outcome.left === 'object' && outcome.left !== null && 'type' in outcome.left && outcome.left.type === 'conflict'

const newEvent = (eventId: string, event: StoredEvent, metadata: Metadata): NewEvent => ({ eventId, ...event, metadata })
