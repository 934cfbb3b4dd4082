import type { Networks } from '../../application/caller.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { AuditEntry } from '../../projections/audit/audit-entry.ts'
import type { EventStream } from './event-stream.ts'
import type { Standing } from './live-session.ts'

/** How a stream writes its entries, and the place that it has reached. */
export type Format = { readonly entry: (entry: AuditEntry) => string; readonly id: (position: number) => string }

export type Subscriber = {
  readonly stream: EventStream
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly networks: Networks
  /** Whose entries; null for everybody's. */
  readonly watched: AccountId | null
  readonly format: Format
  readonly standing: () => Standing
  readonly joinedAt: number
  until: Instant
  lastSent: number
}

const index = () => {
  const sets = new Map<string, Set<Subscriber>>()
  return {
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
  return {
    count: () => all.size,
    all: () => [...all],
    ofHolder: byHolder.of,
    isWatched: (account: AccountId | null) => byWatched.has(everybodys) || (account !== null && byWatched.has(account)),
    watching: (account: AccountId | null) => [...byWatched.of(everybodys), ...(account === null ? [] : byWatched.of(account))],
    add: (subscriber: Subscriber) => {
      all.add(subscriber)
      byHolder.add(subscriber.accountId, subscriber)
      byHolder.add(subscriber.sessionId, subscriber)
      byWatched.add(subscriber.watched ?? everybodys, subscriber)
    },
    delete: (subscriber: Subscriber) => {
      byHolder.delete(subscriber.accountId, subscriber)
      byHolder.delete(subscriber.sessionId, subscriber)
      byWatched.delete(subscriber.watched ?? everybodys, subscriber)
      return all.delete(subscriber)
    },
  }
}
