import type { ObserveCommits } from '../../application/ports/commit-observer.ts'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { touchedBy } from '../../projections/sessions/session-lookup.ts'
import type { SessionQueries } from '../../projections/sessions/session-queries.ts'
import { endingReason, type SessionEnd, type SessionEndReason } from './ending-reason.ts'

type Needs = {
  readonly observeCommits: ObserveCommits
  readonly byId: SessionQueries['byId']
  readonly isFresh: (() => boolean) | undefined
  readonly now: () => number
  readonly onFault: (error: unknown) => void
}

type Listener = (end: SessionEnd) => void

type Watched = {
  readonly sessionId: string
  readonly accountId: string
  readonly listeners: Set<Listener>
  until: number
  /** That of the first event that ended it. */
  reason: SessionEndReason | null
}

const tickEveryMs = 500

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Tells those who ask when a session ends. While nobody asks it does nothing. */
export function sessionEnds({ observeCommits, byId, isFresh, now, onFault }: Needs) {
  const bySession = new Map<string, Watched>()
  const ofAccount = new Map<string, Set<Watched>>()
  const touched = new Set<Watched>()
  let stop = () => {}
  let isClosed = false

  const forget = (watched: Watched) => {
    bySession.delete(watched.sessionId)
    touched.delete(watched)
    const others = ofAccount.get(watched.accountId)
    others?.delete(watched)
    if (others?.size === 0) ofAccount.delete(watched.accountId)
    if (bySession.size === 0) stop()
  }
  const tell = (listener: Listener, sessionId: string, reason: SessionEndReason) => {
    try {
      listener({ sessionId, reason, at: new Date(now()) })
    } catch (error) {
      onFault(error)
    }
  }
  const end = (watched: Watched, reason: SessionEndReason) => {
    forget(watched)
    for (const listener of [...watched.listeners]) tell(listener, watched.sessionId, reason)
  }
  const endAll = (reason: SessionEndReason) => {
    for (const watched of [...bySession.values()]) end(watched, reason)
  }

  /** `null` while it goes on. */
  const standingOf = (
    sessionId: string,
    reason: SessionEndReason,
  ): SessionEndReason | { readonly until: number; readonly accountId: string } => {
    if (isFresh?.() === false) return 'not_known'
    const session = byId(sessionId)
    if (session === undefined) return reason
    const until = Math.min(session.idleExpiresAt, session.expiresAt)
    return now() >= until ? 'expired' : { until, accountId: session.accountId }
  }
  const decideAgain = (watched: Watched) => {
    const standing = standingOf(watched.sessionId, watched.reason ?? 'not_active')
    if (typeof standing === 'string') return end(watched, standing)
    watched.until = standing.until
    watched.reason = null
  }
  const guarded = (work: () => void) => () => {
    try {
      work()
    } catch (error) {
      endAll('not_known')
      onFault(error)
    }
  }
  const pass = guarded(() => {
    for (const watched of touched) {
      touched.delete(watched)
      decideAgain(watched)
    }
  })
  const tick = guarded(() => {
    const isStale = isFresh?.() === false
    for (const watched of [...bySession.values()]) if (isStale || now() >= watched.until) decideAgain(watched)
  })
  const touch = (watched: Watched, event: RecordedEvent) => {
    watched.reason ??= endingReason(event, watched.sessionId)
    if (touched.size === 0) setImmediate(pass)
    touched.add(watched)
  }
  const observe = (events: readonly RecordedEvent[]) => {
    for (const event of events) {
      const id = touchedBy(event)?.id
      if (id === undefined) continue
      const watched = bySession.get(id)
      if (watched !== undefined) touch(watched, event)
      for (const each of ofAccount.get(id) ?? []) touch(each, event)
    }
  }
  const begin = () => {
    const ticking = setInterval(tick, tickEveryMs).unref()
    const unobserve = observeCommits({ observe, clear: () => endAll('not_known') })
    stop = () => {
      clearInterval(ticking)
      unobserve()
    }
  }
  const watch = (sessionId: string, until: number, accountId: string): Watched => {
    if (bySession.size === 0) begin()
    const watched: Watched = { sessionId, accountId, until, listeners: new Set(), reason: null }
    bySession.set(sessionId, watched)
    ofAccount.set(accountId, (ofAccount.get(accountId) ?? new Set()).add(watched))
    return watched
  }

  /** Calls `listener` once, on a later turn of the event loop. Returns a function that ends it. Throws a `TypeError` if the id is not one. */
  const onEnd = (sessionId: string, listener: Listener): (() => void) => {
    if (typeof sessionId !== 'string' || !uuid.test(sessionId)) throw new TypeError('sessionId: expected the id of a session')
    if (typeof listener !== 'function') throw new TypeError('listener: expected a function')
    const own: Listener = (ended) => listener(ended)
    const standing = isClosed ? 'not_known' : standingOf(sessionId, 'not_active')
    if (typeof standing === 'string') {
      const telling = setImmediate(() => tell(own, sessionId, standing))
      return () => clearImmediate(telling)
    }
    const watched = bySession.get(sessionId) ?? watch(sessionId, standing.until, standing.accountId)
    watched.listeners.add(own)
    return () => {
      if (watched.listeners.delete(own) && watched.listeners.size === 0 && bySession.get(sessionId) === watched) forget(watched)
    }
  }

  /** Rejects with the reason of `signal` when that is aborted first, and with a `TypeError` if the id is not one. */
  const ended = async (sessionId: string, signal?: AbortSignal): Promise<SessionEnd> => {
    signal?.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<SessionEnd>()
    const forgetListener = onEnd(sessionId, resolve)
    const abort = () => {
      forgetListener()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort, { once: true })
    return promise.finally(() => signal?.removeEventListener('abort', abort))
  }

  return {
    onEnd,
    ended,
    count: () => bySession.size,
    close: () => {
      isClosed = true
      endAll('not_known')
    },
  }
}
