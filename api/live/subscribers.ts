import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { AuditEntry } from '../../projections/audit/audit-entry.ts'
import type { ProblemCode } from '../problems.ts'

/** Text of a stream, or the bytes of one frame of a socket. */
export type Chunk = string | Uint8Array

/** How a reader gets its entries, and the place that it has reached. */
export type Format = {
  readonly entry: (entry: AuditEntry) => Chunk
  /** Where it begins. */
  readonly opening: (position: number) => Chunk
  /** More was missed than is sent. */
  readonly reset: (position: number) => Chunk
}

export type Stream = {
  readonly send: (chunk: Chunk) => void
  /** Called when nothing may have been sent for a while. */
  readonly beat: () => void
  readonly isOver: () => boolean
  /** `null`: Gatebook is closing. */
  readonly end: (code: ProblemCode | null) => void
}

/** Somebody who holds a connection open. */
export type Subscriber = {
  readonly stream: Stream
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly format: Format
  /** Until when it may stay open, or what ends it. */
  readonly standing: () => { readonly until: Instant } | { readonly end: () => void }
  readonly ticksPerBeat: number
  /** Called once, when it is forgotten. */
  readonly left: () => void
  /** Whose entries; `null` for everybody's, undefined for none. */
  watched: AccountId | null | undefined
  joinedAt: number
  until: Instant
  lastSent: number
}

const index = () => {
  const sets = new Map<string, Set<Subscriber>>()
  return {
    count: () => sets.size,
    of: (key: string): Iterable<Subscriber> => sets.get(key) ?? [],
    has: (key: string) => sets.has(key),
    add: (key: string, subscriber: Subscriber) => void sets.set(key, (sets.get(key) ?? new Set()).add(subscriber)),
    delete: (key: string, subscriber: Subscriber) => {
      const set = sets.get(key)
      set?.delete(subscriber)
      if (set?.size === 0) sets.delete(key)
    },
  }
}

const everybodys = '*'

export function subscribers() {
  const all = new Set<Subscriber>()
  const byHolder = index()
  const byWatched = index()
  const keyOf = (watched: AccountId | null) => watched ?? everybodys
  const watch = (subscriber: Subscriber, watched: AccountId | null | undefined) => {
    if (subscriber.watched !== undefined) byWatched.delete(keyOf(subscriber.watched), subscriber)
    subscriber.watched = watched
    if (watched !== undefined) byWatched.add(keyOf(watched), subscriber)
  }
  return {
    count: () => all.size,
    all: () => [...all],
    ofHolder: byHolder.of,
    watch,
    isAnythingWatched: () => byWatched.count() > 0,
    isWatched: (account: AccountId | null) => byWatched.has(everybodys) || (account !== null && byWatched.has(account)),
    watching: (account: AccountId | null) => [...byWatched.of(everybodys), ...(account === null ? [] : byWatched.of(account))],
    add: (subscriber: Subscriber) => {
      all.add(subscriber)
      byHolder.add(subscriber.accountId, subscriber)
      byHolder.add(subscriber.sessionId, subscriber)
    },
    has: (subscriber: Subscriber) => all.has(subscriber),
    delete: (subscriber: Subscriber) => {
      byHolder.delete(subscriber.accountId, subscriber)
      byHolder.delete(subscriber.sessionId, subscriber)
      watch(subscriber, undefined)
      return all.delete(subscriber)
    },
  }
}
