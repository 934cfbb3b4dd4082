import { type Either, isLeft, isRight, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoredEvent } from '../../domain/kernel/reader.ts'
import type { NewId } from '../ports/clock.ts'
import type { EventStore, Metadata, NewEvent, RecordedEvent, StoreFailure } from '../ports/event-store.ts'
import { type Aggregate, emptyState, foldEvents, type Loaded } from './aggregate.ts'
import type { AggregateName, Aggregates, AggregateTypes } from './aggregates.ts'
import { keyedMutex } from './keyed-mutex.ts'
import { stateCache } from './state-cache.ts'
import type { Stream } from './streams.ts'
import { readFromSummary, withSummary } from './summary-events.ts'

/** `events` is empty if nothing had to change. A read model that has reached `position` shows the result. */
export type Decided<State, Event> = Loaded<State> & { readonly events: readonly Event[]; readonly position: number }

type Decide<Names extends AggregateName> = <Name extends Names>(
  stream: Stream<Name>,
  command: AggregateTypes[Name]['command'],
  metadata: Metadata,
) => TaskEither<StoreFailure | AggregateTypes[Name]['refusal'], Decided<AggregateTypes[Name]['state'], AggregateTypes[Name]['event']>>

export type Journal<Names extends AggregateName = AggregateName> = {
  readonly load: <Name extends Names>(stream: Stream<Name>) => TaskEither<StoreFailure, Loaded<AggregateTypes[Name]['state']>>
  /** A decision on a cached state counts only once its append succeeds. A refusal is decided again on the log. */
  readonly decide: Decide<Names>
  /** For a stream whose id was just made: there is nothing to read. */
  readonly decideNew: Decide<Names>
}

/** `observe` tells of an event in the log, from this process or another one, which saves appends that would conflict. */
export type CachingJournal<Names extends AggregateName = AggregateName> = Journal<Names> & {
  readonly observe: (event: RecordedEvent) => void
  readonly clear: () => void
}

const maxDecisions = 100
const maxCachedStates = 10_000

type JournalNeeds<Names extends AggregateName> = {
  readonly store: EventStore
  readonly newId: NewId
  readonly aggregates: Pick<Aggregates, Names>
  /** May be outdated. */
  readonly summaryOf?: (stream: string) => number | undefined
  /** Called with the events of each decision once they are in the log. */
  readonly onRecorded?: (stream: string, events: readonly StoredEvent[]) => void
}

export function openJournal<Names extends AggregateName>(needs: JournalNeeds<Names>): CachingJournal<Names> {
  const { store, newId, aggregates, summaryOf = () => undefined, onRecorded = () => {} } = needs
  const inTurn = keyedMutex()
  const cache = stateCache(maxCachedStates)
  const readFrom = readFromSummary(store, summaryOf)

  const loadState = async <S, C, E extends StoredEvent, R>(
    aggregate: Aggregate<S, C, E, R>,
    stream: string,
  ): Promise<Either<StoreFailure, Loaded<S>>> => {
    const known = cache.get<S>(stream) ?? emptyState(aggregate)
    const recorded = await readFrom(aggregate, stream, known.revision + 1)
    if (isLeft(recorded)) return recorded
    if (recorded.right.length === 0) return cache.dropInvalid(stream) ? loadState(aggregate, stream) : right(known)
    const loaded = foldEvents(aggregate, known, recorded.right)
    if (isLeft(loaded)) return loaded
    if (!aggregate.keepsNewestOnly) cache.keep(stream, loaded.right)
    return loaded
  }

  const decideOn = async <S, C, E extends StoredEvent, R>(
    aggregate: Aggregate<S, C, E, R>,
    stream: string,
    command: C,
  ): Promise<Either<StoreFailure | R, { readonly on: Loaded<S>; readonly events: readonly E[] }>> => {
    const { decider } = aggregate
    const known = cache.getValid<S>(stream)
    if (known !== undefined) {
      const decision = decider.decide(command, known.state)
      if (isRight(decision) && decision.right.length > 0) return right({ on: known, events: decision.right })
    }
    const loaded = await loadState(aggregate, stream)
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
    const decided = await decideOn(aggregate, stream, command)
    if (isLeft(decided)) return decided
    const { on, events } = decided.right
    if (events.length === 0) return right({ state: on.state, revision: on.revision, events, position: 0 })
    const all = withSummary(aggregate, on, events)
    const recordable = all.map((event) => newEvent(newId(), aggregate.reader.encode(event), metadata))
    const appended = await store.append(stream, on.revision === -1 ? 'no_stream' : on.revision, recordable)()
    if (isLeft(appended)) {
      cache.invalidate(stream)
      return appended
    }
    const state = all.reduce(aggregate.decider.evolve, on.state)
    const loaded = { state, revision: appended.right.revision }
    if (!aggregate.keepsNewestOnly) cache.keep(stream, loaded)
    onRecorded(stream, events)
    return right({ ...loaded, events, position: appended.right.position })
  }

  const untilNoConflict = async <Failure, Done>(once: () => Promise<Either<Failure | StoreFailure, Done>>) => {
    for (let decisions = 0; decisions < maxDecisions; decisions++) {
      const outcome = await once()
      if (!isConflict(outcome)) return outcome
    }
    return left<Failure | StoreFailure>({ type: 'unavailable', detail: `gave up after ${maxDecisions} conflicts` })
  }

  const decide: Decide<Names> = ({ aggregate, name }, command, metadata) => {
    const ofStream = aggregates[aggregate]
    return () => inTurn(name, () => untilNoConflict(() => decideAndAppend(ofStream, name, command, metadata)))
  }

  return {
    load:
      ({ aggregate, name }) =>
      () =>
        loadState(aggregates[aggregate], name),
    decide,
    decideNew: (stream, command, metadata) => () => {
      cache.keep(stream.name, emptyState(aggregates[stream.aggregate]))
      return decide(stream, command, metadata)()
    },
    observe: cache.observe,
    clear: cache.clear,
  }
}

const isConflict = (outcome: Either<unknown, unknown>) =>
  isLeft(outcome) && typeof outcome.left === 'object' && outcome.left !== null && 'type' in outcome.left && outcome.left.type === 'conflict'

const newEvent = (eventId: string, event: StoredEvent, metadata: Metadata): NewEvent => ({ eventId, ...event, metadata })
