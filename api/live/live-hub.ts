import type { FastifyRequest } from 'fastify'
import type { ObserveCommits } from '../../application/ports/commit-observer.ts'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import type { AuditEntry } from '../../projections/audit/audit-entry.ts'
import type { AuditQueries } from '../../projections/audit/audit-queries.ts'
import { touchedBy } from '../../projections/sessions/session-lookup.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import type { Guard } from '../http/route.ts'
import type { ProblemAnswer, ProblemCode } from '../problems.ts'
import { eventStream } from './event-stream.ts'
import { livePlaces } from './live-places.ts'
import type { standingOf } from './live-session.ts'
import { beginningOf } from './missed-entries.ts'
import { type Format, type Subscriber, subscribers } from './subscribers.ts'

type Needs = {
  readonly observeCommits: ObserveCommits
  readonly position: () => number
  readonly newer: AuditQueries['newer']
  readonly standing: ReturnType<typeof standingOf>
  readonly isFresh: (() => boolean) | undefined
  readonly now: () => number
  readonly onFault: (fault: unknown) => void
}

export type LiveRequest = Pick<Subscriber, 'watched' | 'format'> & {
  readonly guards: readonly Guard[]
  readonly after: number | undefined
}

const rowsPerPass = 200

const tickEveryMs = 500

const ticksPerBeat = 50

/** Sends what was committed to those who listen, and ends their streams with their sessions. While nobody listens it does nothing. */
export function liveHub({ observeCommits, position, newer, standing, isFresh, now, onFault }: Needs) {
  const known = subscribers()
  const places = livePlaces()
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
    places.giveBack(subscriber.accountId, subscriber.networks)
    if (known.count() === 0) stop()
  }
  const end = (subscriber: Subscriber, code: ProblemCode | null) => {
    leave(subscriber)
    subscriber.stream.end(code)
  }
  const endAll = (code: ProblemCode | null) => {
    for (const subscriber of known.all()) end(subscriber, code)
  }
  const decideAgain = (subscriber: Subscriber) => {
    const stands = subscriber.standing()
    if ('until' in stands) subscriber.until = stands.until
    else end(subscriber, stands.isReplaced ? null : stands.refused.problem)
  }

  const deliver = (entry: AuditEntry) => {
    const texts = new Map<Format, string>()
    for (const subscriber of known.watching(entry.account)) {
      if (entry.position <= subscriber.lastSent) continue
      const text = texts.get(subscriber.format) ?? subscriber.format.entry(entry)
      texts.set(subscriber.format, text)
      subscriber.lastSent = entry.position
      subscriber.stream.send(text)
    }
  }
  /** Ends first what has to end, so that nothing is sent to a session after its end. */
  const pass = () => {
    isDue = false
    for (const subscriber of touched) decideAgain(subscriber)
    touched.clear()
    if (known.count() === 0 || sent >= committed) return
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
      else if ((ticks - subscriber.joinedAt) % ticksPerBeat === 0) subscriber.stream.beat()
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
  const begin = (from: number) => {
    sent = from
    committed = from
    const ticking = setInterval(guarded(tick), tickEveryMs).unref()
    const unobserve = observeCommits({ observe, clear: () => endAll('STALE_READ_MODEL') })
    stop = () => {
      clearInterval(ticking)
      unobserve()
    }
  }

  const open = (request: FastifyRequest, { guards, watched, after, format }: LiveRequest): Subscriber['stream']['body'] | ProblemAnswer => {
    if (isClosed) return { problem: 'OVERLOADED' }
    const stands = standing(request, guards)
    if ('refused' in stands) return stands.refused
    const through = position()
    const first = beginning({ after, through, watched, format })
    const { accountId, sessionId } = sessionOf(request)
    const refused = places.take(accountId, request.callerNetworks)
    if (refused !== undefined) return refused
    if (known.count() === 0) begin(through)
    const subscriber: Subscriber = {
      ...{ accountId, sessionId, watched, format, networks: request.callerNetworks },
      stream: eventStream(request.raw),
      standing: () => standing(request, guards),
      joinedAt: ticks,
      until: stands.until,
      lastSent: through,
    }
    known.add(subscriber)
    subscriber.stream.send(first)
    subscriber.stream.body.once('close', () => leave(subscriber))
    return subscriber.stream.body
  }
  return {
    open,
    count: known.count,
    close: () => {
      isClosed = true
      endAll(null)
    },
  }
}

export type LiveHub = ReturnType<typeof liveHub>
