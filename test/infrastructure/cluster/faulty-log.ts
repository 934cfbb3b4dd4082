import { isLeft, left } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { EventStore, RecordedEvent, StoreFailure } from '../../../application/ports/event-store.ts'
import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { type Line, storedForm } from '../../projections/support/embedded-log.ts'
import { noon } from '../../support/domain/time.ts'
import { everyEvent } from '../../support/server/recorded-log.ts'

const metadata = { actor: 'anonymous', correlationId: 'correlation', causationId: null }
const gone: StoreFailure = { type: 'unavailable', detail: 'gone' }

type Kept = Pick<RecordedEvent, 'eventId' | 'type' | 'version' | 'data' | 'metadata' | 'stream'>

/**
 * The log in memory, with faults: it can disconnect, stop responding, end its subscriptions and lose its newest events. `append` stands for
 * other nodes and always succeeds.
 */
export const faultyLog = () => {
  let log = memoryEventStore({ now: () => noon })
  let kept: Kept[] = []
  let isAway = false
  const hidden = new Set<number>()
  let isSilent = false
  let silence = Promise.withResolvers<void>()
  silence.resolve()
  const subscriptions = new Set<{ readonly drop: () => void; readonly goOn: () => void }>()

  const record = async (event: Kept) => {
    const read = await log.read(event.stream)()
    if (isLeft(read)) throw new Error(read.left.type)
    const { stream, ...recordable } = event
    const appended = await log.append(stream, read.right.at(-1)?.revision ?? 'no_stream', [recordable])()
    if (isLeft(appended)) throw new Error(appended.left.type)
    kept.push(event)
    return appended.right.position
  }
  const append = async (...lines: Line[]) => {
    let position = 0
    for (const { stream, event } of lines) position = await record({ stream, eventId: newId(), metadata, ...storedForm(event) })
    return position
  }

  const reachable =
    <A>(task: () => TaskEither<StoreFailure, A>): TaskEither<StoreFailure, A> =>
    async () => {
      await silence.promise
      return isAway ? left(gone) : task()()
    }

  const subscribe: EventStore['subscribe'] = (position, observer) => {
    if (isAway) {
      queueMicrotask(() => observer.dropped(gone))
      return { close: async () => {} }
    }
    let last = position
    const event = async (event: RecordedEvent) => {
      await silence.promise
      last = event.position
      if (!hidden.has(event.position)) await observer.event(event)
    }
    const { caughtUp = () => {}, dropped } = observer
    const follow = () => log.subscribe(last, { event, caughtUp, dropped })
    let following = follow()
    const subscription = {
      drop: () => {
        subscriptions.delete(subscription)
        void following.close()
        observer.dropped(gone)
      },
      /** Like an adapter that resubscribes by itself. */
      goOn: () => {
        observer.interrupted?.(gone)
        void following.close()
        following = follow()
      },
    }
    subscriptions.add(subscription)
    return {
      close: async () => {
        subscriptions.delete(subscription)
        await following.close()
      },
    }
  }

  const store: EventStore = {
    read: (stream, from) => reachable(() => log.read(stream, from)),
    append: (stream, expected, events) => reachable(() => log.append(stream, expected, events)),
    readAll: (position, limit) => reachable(() => log.readAll(position, limit)),
    head: () => reachable(() => log.head()),
    deleteKeyStream: (stream) => reachable(() => log.deleteKeyStream(stream)),
    subscribe,
    close: async () => {},
  }

  const cut = () => {
    for (const { drop } of subscriptions) drop()
  }
  return {
    store,
    append,
    cut,
    events: () => everyEvent(log),
    goAway: () => {
      isAway = true
      cut()
    },
    comeBack: () => {
      isAway = false
    },
    isReached: () => !isAway && !isSilent,
    /** From now on nothing is returned or delivered, and no error is reported. */
    fallSilent: () => {
      if (!isSilent) silence = Promise.withResolvers()
      isSilent = true
    },
    speak: () => {
      isSilent = false
      silence.resolve()
    },
    /** As after a change of leader: only the first `count` events were replicated. Subscriptions continue without an error. */
    loseAllBut: async (count: number) => {
      const before = kept.slice(0, count)
      kept = []
      log = memoryEventStore({ now: () => noon })
      for (const event of before) await record(event)
      for (const { goOn } of subscriptions) goOn()
    },
    /** Subscriptions skip the event at this position. */
    hide: (position: number) => hidden.add(position),
    showAll: () => hidden.clear(),
  }
}

export type FaultyLog = ReturnType<typeof faultyLog>
