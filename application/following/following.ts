import type { SealedNumbers } from '../ports/sealed-numbers.ts'
import type { Cursors } from './cursors.ts'
import type { Feed } from './feed.ts'
import { type EventHandler, followByName, type HandlerReports, type Stopped } from './named-handler.ts'
import { type PublicEvent, type PublicEventType, publicEventTypes } from './public-event.ts'
import type { Pause } from './with-retries.ts'

export type FollowOptions<Type extends PublicEventType = PublicEventType> = {
  /** The `position` of an event, exclusive; `'now'` by default. */
  readonly after?: string
  /** All by default. */
  readonly types?: readonly Type[]
  readonly signal?: AbortSignal
}

export type OnOptions = {
  /** Of the cursor: 1 to 40 of `a-z`, `0-9` and `-`. */
  readonly name: string
  /** Where a new cursor begins; `'now'` by default. */
  readonly from?: 'now' | 'beginning'
  /** How often a failed call is repeated; 10 by default. */
  readonly retries?: number
}

export type HandlerSubscription = {
  /** Settles when the handler is called no more. Never rejects. */
  readonly stopped: Promise<Stopped>
  /** Aborts the signal of the handler, and settles when it has returned. */
  readonly close: () => Promise<void>
}

type Needs = HandlerReports & {
  readonly feed: Feed
  readonly numbers: Pick<SealedNumbers, 'open'>
  readonly cursors: Cursors
  readonly pause: Pause
}

const nameShape = /^[a-z0-9-]{1,40}$/
const longestCloseMs = 5_000

const typesOf = (types: readonly string[] | undefined) => {
  if (types?.every((type) => publicEventTypes.has(type)) === false) {
    throw new TypeError('types: expected types of docs/public-events.md')
  }
  return types && new Set(types)
}

/** Throws a `TypeError` that names the option. */
const checkOn = (handler: unknown, { name, from = 'now', retries = 10 }: OnOptions) => {
  if (typeof handler !== 'function') throw new TypeError('handler: expected a function')
  if (typeof name !== 'string' || !nameShape.test(name)) throw new TypeError('name: expected 1 to 40 of a-z, 0-9 and -')
  if (from !== 'now' && from !== 'beginning') throw new TypeError("from: expected 'now' or 'beginning'")
  if (!Number.isSafeInteger(retries) || retries < 0) throw new TypeError('retries: expected a whole number')
  return { name, from, retries }
}

export function openFollowing({ feed, numbers, ...needs }: Needs) {
  const closing = new AbortController()
  const byName = new Map<string, HandlerSubscription>()
  const start = followByName({ feed, ...needs })

  const positionOf = (after: string): number | 'now' => {
    if (after === 'now') return 'now'
    const position = after === 'beginning' ? 0 : typeof after === 'string' ? numbers.open('event_position', after) : undefined
    if (position === undefined) throw new TypeError("after: expected the position of an event, 'beginning' or 'now'")
    return position
  }
  async function* eventsOf(...options: Parameters<Feed['steps']>) {
    for await (const { event } of feed.steps(...options)) if (event !== null) yield event
  }

  /**
   * Committed events in log order, each at least once, for `for await`. It reads no further than you have taken. Ends when `signal` is
   * aborted or Gatebook is closed. Throws a `TypeError` for wrong options; the iterator throws if `after` is not of this log, or an event
   * cannot be read.
   */
  function follow<const Type extends PublicEventType = PublicEventType>({ after = 'now', types, signal }: FollowOptions<Type> = {}) {
    const position = positionOf(after)
    const from = { position: position === 'now' && !closing.signal.aborted ? (feed.now() ?? position) : position }
    const own = new AbortController()
    const ends = AbortSignal.any([own.signal, closing.signal, ...(signal === undefined ? [] : [signal])])
    const events = eventsOf({ from, types: typesOf(types), signal: ends }) as AsyncGenerator<PublicEvent<Type>, void, undefined>
    const end = events.return.bind(events)
    // A generator that waits for an event would return only after that.
    events.return = (value) => {
      own.abort()
      return end(value)
    }
    return events
  }

  /**
   * Calls `handler` for one event after another, at least once for each, and keeps how far it came in the data directory under `name`. A
   * call that fails is repeated after 1 s, doubled up to 60 s; after the last one the handler is called no more. Throws a `TypeError` for
   * wrong options and for a name in use, and an `Error` if the cursor cannot be read or written.
   */
  function on<const Type extends PublicEventType>(
    types: Type | readonly Type[],
    handler: EventHandler<PublicEvent<Type>>,
    options: OnOptions,
  ): HandlerSubscription {
    const checked = checkOn(handler, options)
    const { name } = checked
    const wanted = typesOf(typeof types === 'string' ? [types] : types) ?? new Set()
    if (closing.signal.aborted) throw new Error('Gatebook is closed')
    if (byName.has(name)) throw new TypeError('name: expected one that no other handler has')
    const own = new AbortController()
    const signal = AbortSignal.any([own.signal, closing.signal])
    const stopped = start({ ...checked, types: wanted, handler: handler as EventHandler, signal })
    const subscription: HandlerSubscription = {
      stopped,
      close: async () => {
        own.abort()
        await stopped
      },
    }
    byName.set(name, subscription)
    void stopped.then(() => byName.delete(name))
    return subscription
  }

  /** Handlers that are running have five seconds to return. */
  const close = async () => {
    closing.abort()
    feed.stop()
    const stopped = Promise.all([...byName.values()].map((subscription) => subscription.stopped))
    const timer = new AbortController()
    await Promise.race([stopped, needs.pause(longestCloseMs, timer.signal)])
    timer.abort()
  }
  return { follow, on, close }
}

export type Following = ReturnType<typeof openFollowing>
