import { cursorKeeper } from './cursor-keeper.ts'
import type { Cursor, Cursors } from './cursors.ts'
import type { Feed } from './feed.ts'
import type { PublicEvent } from './public-event.ts'
import { type Failure, type Pause, withRetries } from './with-retries.ts'

/** Resolve, or return, when the event is dealt with. `signal` is aborted when the handler is closed. */
export type EventHandler<Event = PublicEvent> = (event: Event, context: { readonly signal: AbortSignal }) => unknown

/** Why a handler is called no more. `event` is the one that it failed at; null if the log itself could not be followed. */
export type Stopped =
  | { readonly reason: 'closed' }
  | { readonly reason: 'failed'; readonly error: unknown; readonly event: PublicEvent | null }

export type HandlerReports = {
  readonly onHandlerFailure: (name: string, event: PublicEvent, failure: Failure) => void
  readonly onHandlerStopped: (name: string, event: PublicEvent | null, error: unknown) => void
  readonly onFault: (error: unknown) => void
}

type Needs = HandlerReports & { readonly feed: Feed; readonly cursors: Cursors; readonly pause: Pause }

type Following = {
  readonly name: string
  readonly types: ReadonlySet<string>
  readonly handler: EventHandler
  readonly from: 'now' | 'beginning'
  readonly retries: number
  readonly signal: AbortSignal
}

/** Milliseconds between two looks whether the end of the log is known. */
const lookAgainMs = 100

class HandlerFailed {
  readonly error: unknown
  readonly event: PublicEvent

  constructor(error: unknown, event: PublicEvent) {
    this.error = error
    this.event = event
  }
}

/** Calls the handler for one event after another, and moves its cursor after each. Throws what `cursors` throws; never rejects. */
export const followByName = ({ feed, cursors, pause, ...reports }: Needs) => {
  const begin = (name: string, position: number | undefined): Cursor | undefined => {
    if (position === undefined) return undefined
    const cursor: Cursor = { position, handled: null }
    cursors.create(name, cursor)
    return cursor
  }
  const laterBegin = async (name: string, signal: AbortSignal): Promise<Cursor | undefined> => {
    while (!signal.aborted) {
      const cursor = begin(name, feed.now())
      if (cursor !== undefined) return cursor
      await pause(lookAgainMs, signal)
    }
    return undefined
  }
  const handleAll = async (begun: Cursor, { name, types, handler, retries, signal }: Following) => {
    const keeper = cursorKeeper({ cursor: begun, save: (cursor) => cursors.save(name, cursor), onFault: reports.onFault })
    const handle = (event: PublicEvent) =>
      withRetries({
        work: async () => handler(event, { signal }),
        retries,
        onFailure: (failure) => reports.onHandlerFailure(name, event, failure),
        pause,
        signal,
      }).catch((error: unknown) => Promise.reject(new HandlerFailed(error, event)))
    try {
      for await (const step of feed.steps({ from: begun, types, signal })) {
        if (step.event === null) keeper.skipped(step.position, step.skipped)
        else if ((await handle(step.event)) === undefined) break
        else keeper.handled(step.position, step.event.id)
      }
    } finally {
      await keeper.flush()
    }
  }
  const run = async (found: Cursor | undefined, following: Following): Promise<Stopped> => {
    try {
      const cursor = found ?? (await laterBegin(following.name, following.signal))
      if (cursor !== undefined) await handleAll(cursor, following)
      return { reason: 'closed' }
    } catch (thrown) {
      const { error, event } = thrown instanceof HandlerFailed ? thrown : { error: thrown, event: null }
      reports.onHandlerStopped(following.name, event, error)
      return { reason: 'failed', error, event }
    }
  }
  return (following: Following): Promise<Stopped> => {
    const { name, from } = following
    const found = cursors.find(name) ?? begin(name, from === 'now' ? feed.now() : 0)
    return run(found, following)
  }
}
