import { randomUUID } from 'node:crypto'
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { expect } from 'vitest'
import type { EventStore, NewEvent, Observer, RecordedEvent, StoreFailure } from '../../../application/ports/event-store.ts'

/** A stream of this test only. Its category decides what the store allows. */
export const newStream = () => `account-${randomUUID()}`
export const newKeyStream = () => `dataKey-${randomUUID()}`

export const newEvent = (data: unknown = { number: 1 }): NewEvent => ({
  eventId: randomUUID(),
  type: 'SomethingHappened',
  version: 1,
  data,
  metadata: { actor: 'system', correlationId: 'a-correlation', causationId: null },
})

export const newEvents = (count: number) => Array.from({ length: count }, (_, number) => newEvent({ number }))

export const got = async <A>(task: TaskEither<StoreFailure, A>): Promise<A> => {
  const result = await task()
  if (isLeft(result)) throw new Error(`expected an answer, got ${JSON.stringify(result.left)}`)
  return result.right
}

export const failureOf = async (task: TaskEither<StoreFailure, unknown>): Promise<StoreFailure> => {
  const result: Either<StoreFailure, unknown> = await task()
  if (!isLeft(result)) throw new Error('expected a failure, got an answer')
  return result.left
}

/** A mistake of the caller is no failure of the store: it is thrown. */
export const rejected = (task: TaskEither<StoreFailure, unknown>) => expect(task()).rejects.toThrow(TypeError)

export const idsOf = (events: readonly { readonly eventId: string }[]) => events.map(({ eventId }) => eventId)

/** The whole log after `position`, page by page. */
export const restOfLog = async (store: EventStore, position: number, limit = 100): Promise<readonly RecordedEvent[]> => {
  const page = await got(store.readAll(position, limit))
  const last = page.at(-1)
  return last === undefined || page.length < limit ? page : [...page, ...(await restOfLog(store, last.position, limit))]
}

/** Whether an observer takes single events or batches. */
export type Delivery = 'by one' | 'by batches'

/** An observer that keeps its events, and a promise for when they are enough. */
export const collector = (
  enough: (events: readonly RecordedEvent[]) => boolean,
  onEvent: (event: RecordedEvent) => void | Promise<void> = () => {},
  delivery: Delivery = 'by one',
) => {
  const events: RecordedEvent[] = []
  const dropped = Promise.withResolvers<StoreFailure>()
  const complete = Promise.withResolvers<void>()
  const caughtUp = Promise.withResolvers<void>()
  const sizes: number[] = []
  const keep = async (event: RecordedEvent) => {
    await onEvent(event)
    events.push(event)
    if (enough(events)) complete.resolve()
  }
  const keepAll = async (batch: readonly RecordedEvent[]) => {
    sizes.push(batch.length)
    for (const event of batch) await keep(event)
  }
  const refuse = () => {
    throw new Error('events come by batches')
  }
  const observer: Observer = {
    ...(delivery === 'by one' ? { event: keep } : { event: refuse, events: keepAll }),
    caughtUp: caughtUp.resolve,
    dropped: dropped.resolve,
  }
  return { events, sizes, observer, complete: complete.promise, caughtUp: caughtUp.promise, dropped: dropped.promise }
}
