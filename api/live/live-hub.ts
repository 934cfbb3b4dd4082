import type { ObserveCommits } from '../../application/ports/commit-observer.ts'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { AuditEntry } from '../../projections/audit/audit-entry.ts'
import type { AuditQueries } from '../../projections/audit/audit-queries.ts'
import { touchedBy } from '../../projections/sessions/session-lookup.ts'
import type { ProblemCode } from '../problems.ts'
import { beginningOf } from './missed-entries.ts'
import { type Chunk, type Format, type Subscriber, subscribers } from './subscribers.ts'

type Needs = {
  readonly observeCommits: ObserveCommits
  readonly position: () => number
  readonly newer: AuditQueries['newer']
  readonly isFresh: (() => boolean) | undefined
  readonly now: () => number
  readonly onFault: (fault: unknown) => void
}

export type Joining = Omit<Subscriber, 'watched' | 'joinedAt' | 'lastSent'>

const rowsPerPass = 200

const tickEveryMs = 500

export function ticksIn(seconds: number) {
  return (seconds * 1_000) / tickEveryMs
}

/**
 * Sends what was committed to those who listen, and ends connections with their sessions. While nobody has one open it does nothing.
 * Streams of server-sent events and sockets are both subscribers.
 */
export function liveHub({ observeCommits, position, newer, isFresh, now, onFault }: Needs) {
  const known = subscribers()
  const touched = new Set<Subscriber>()
  const beginning = beginningOf(newer)
  let sent = 0
  let committed = 0
  let isDue = false
  let isClosed = false
  let ticks = 0
  let stop = () => {}

  const leave = (subscriber: Subscriber) => {
    if (!known.delete(subscriber)) return
    touched.delete(subscriber)
    subscriber.left()
    if (known.count() === 0) stop()
  }
  const endAll = (code: ProblemCode | null) => {
    for (const subscriber of known.all()) {
      leave(subscriber)
      subscriber.stream.end(code)
    }
  }
  const decideAgain = (subscriber: Subscriber) => {
    const stands = subscriber.standing()
    if ('until' in stands) {
      subscriber.until = stands.until
      return
    }
    leave(subscriber)
    stands.end()
  }

  const deliver = (entry: AuditEntry) => {
    const chunks = new Map<Format, Chunk>()
    for (const subscriber of known.watching(entry.account)) {
      if (entry.position <= subscriber.lastSent) continue
      const chunk = chunks.get(subscriber.format) ?? subscriber.format.entry(entry)
      chunks.set(subscriber.format, chunk)
      subscriber.lastSent = entry.position
      subscriber.stream.send(chunk)
    }
  }
  /** Ends first what has to end, so that nothing is sent to a session after its end. */
  const pass = () => {
    isDue = false
    for (const subscriber of touched) decideAgain(subscriber)
    touched.clear()
    if (!known.isAnythingWatched()) sent = committed
    if (sent >= committed) return
    const { entries, through } = newer({ after: sent, through: committed, limit: rowsPerPass, wanted: known.isWatched })
    sent = through
    for (const entry of entries) deliver(entry)
    wake()
  }
  const tick = () => {
    ticks += 1
    const isStale = isFresh?.() === false
    for (const subscriber of known.all()) {
      if (subscriber.stream.isOver()) leave(subscriber)
      else if (isStale || now() >= subscriber.until) decideAgain(subscriber)
      else if ((ticks - subscriber.joinedAt) % subscriber.ticksPerBeat === 0) subscriber.stream.beat()
    }
  }

  const guarded = (work: () => void) => () => {
    try {
      work()
    } catch (fault) {
      endAll('STORE_UNAVAILABLE')
      onFault(fault)
    }
  }
  const runPass = guarded(pass)
  const wake = () => {
    if (isDue || (sent >= committed && touched.size === 0)) return
    isDue = true
    setImmediate(runPass)
  }
  const observe = (events: readonly RecordedEvent[]) => {
    for (const event of events) {
      const touch = touchedBy(event)
      if (touch !== undefined) for (const subscriber of known.ofHolder(touch.id)) touched.add(subscriber)
    }
    committed = Math.max(committed, events.at(-1)?.position ?? 0)
    wake()
  }
  const begin = () => {
    sent = position()
    committed = sent
    const ticking = setInterval(guarded(tick), tickEveryMs).unref()
    const unobserve = observeCommits({ observe, clear: () => endAll('STALE_READ_MODEL') })
    stop = () => {
      clearInterval(ticking)
      unobserve()
    }
  }

  /** Nothing is sent before `watch`. */
  const join = (joining: Joining): Subscriber => {
    if (known.count() === 0) begin()
    const subscriber: Subscriber = { ...joining, watched: undefined, joinedAt: ticks, lastSent: 0 }
    known.add(subscriber)
    return subscriber
  }
  /** What was missed since `after`, and what is recorded from now on, of one account or of everybody. */
  const watch = (subscriber: Subscriber, watched: AccountId | null, after: number | undefined) => {
    if (!known.has(subscriber)) return
    const through = position()
    const first = beginning({ after, through, watched, format: subscriber.format })
    known.watch(subscriber, watched)
    subscriber.lastSent = through
    for (const chunk of first) subscriber.stream.send(chunk)
  }
  return {
    join,
    watch,
    unwatch: (subscriber: Subscriber) => known.watch(subscriber, undefined),
    leave,
    isClosed: () => isClosed,
    close: () => {
      isClosed = true
      endAll(null)
    },
  }
}

export type LiveHub = ReturnType<typeof liveHub>
