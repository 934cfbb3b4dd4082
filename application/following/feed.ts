import type { ObserveCommits } from '../ports/commit-observer.ts'
import { commitWaiters } from './commit-waiters.ts'
import type { CommittedEvent, CommittedEvents, CommittedPage } from './committed-events.ts'
import { type PublicEvent, publicEventTypes } from './public-event.ts'
import { CannotOpenNow } from './publish-event.ts'
import { type Pause, withRetries } from './with-retries.ts'

/** What can be handed out of the log. */
export type Reach = {
  /** Whether the end of the log is known: a node that has not caught up does not know it. */
  readonly isKnown: () => boolean
  /** Through here everything is committed for good, and can be read. */
  readonly through: () => number
  /** Through here it can be read, but may still be lost. */
  readonly readable: () => number
}

export type FeedNeeds = {
  readonly observeCommits: ObserveCommits
  readonly reach: Reach
  readonly committed: CommittedEvents
  readonly publish: (committed: CommittedEvent) => Promise<PublicEvent | null>
  readonly pause: Pause
  /** Lets other work have its turn. */
  readonly yieldTurn: () => Promise<void>
  readonly onFault: (error: unknown) => void
}

/** `event` is null at the end of a page, which `skipped` events were on that nobody wanted. */
type Step =
  | { readonly position: number; readonly event: PublicEvent }
  | { readonly position: number; readonly event: null; readonly skipped: number }

type From = { readonly position: number | 'now'; readonly handled?: { readonly position: number; readonly id: string } | null }

export type FeedOptions = { readonly from: From; readonly types: ReadonlySet<string> | undefined; readonly signal: AbortSignal }

const rowsPerPage = 200

/** Milliseconds between two looks at what cannot be waited for. */
const lookAgainMs = 100

const isAnotherLog = 'the cursor is not of this log, which may have been restored from a copy'

/** Reads a page after a commit has woken it, and not before its events were taken: who takes them slowly costs nobody anything. */
export function openFeed({ observeCommits, reach, committed, publish, pause, yieldTurn, onFault }: FeedNeeds) {
  const waiters = commitWaiters(observeCommits)

  /** The start, once the end of the log is known; `undefined` if `signal` was aborted before. Throws if it lies ahead of that end. */
  const begin = async ({ position, handled }: From, signal: AbortSignal) => {
    while (!reach.isKnown() && !signal.aborted) await pause(lookAgainMs, signal)
    if (signal.aborted) return undefined
    if (position === 'now') return reach.through()
    const isOther = handled !== undefined && handled !== null && committed.idAt(handled.position) !== handled.id
    if (isOther || position > reach.readable()) throw new Error(isAnotherLog)
    return position
  }
  const nextCommit = (signal: AbortSignal) => (reach.readable() > reach.through() ? pause(lookAgainMs, signal) : waiters.next(signal))

  const persist = <A>(signal: AbortSignal, work: () => Promise<A>, isTransient?: (error: unknown) => boolean) =>
    withRetries({
      work,
      retries: Number.POSITIVE_INFINITY,
      ...(isTransient && { isTransient }),
      onFailure: ({ error }) => onFault(error),
      pause,
      signal,
    })
  const read = (after: number, through: number, isWanted: (type: string) => boolean, signal: AbortSignal) =>
    persist(signal, async (): Promise<CommittedPage> => committed.page({ after, through, limit: rowsPerPage, isWanted }))
  const open = (event: CommittedEvent, signal: AbortSignal) =>
    persist(
      signal,
      () => publish(event),
      (error) => error instanceof CannotOpenNow,
    )

  async function* eventsOf(page: CommittedPage, signal: AbortSignal): AsyncGenerator<Step, void, undefined> {
    for (const committedEvent of page.events) {
      const event = (await open(committedEvent, signal))?.value ?? null
      if (signal.aborted) return
      if (event !== null) yield { position: committedEvent.recorded.position, event }
      if (signal.aborted) return
    }
    yield { position: page.through, event: null, skipped: page.count - page.events.length }
  }
  async function* steps({ from, types = publicEventTypes, signal }: FeedOptions): AsyncGenerator<Step, void, undefined> {
    let position = await begin(from, signal)
    while (position !== undefined && !signal.aborted) {
      const through = reach.through()
      if (through <= position) {
        await nextCommit(signal)
        continue
      }
      const page = await read(position, through, (type) => types.has(type), signal)
      if (page === undefined) return
      yield* eventsOf(page.value, signal)
      position = page.value.through
      await yieldTurn()
    }
  }
  return { steps, stop: waiters.stop, now: () => (reach.isKnown() ? reach.through() : undefined) }
}

export type Feed = ReturnType<typeof openFeed>
