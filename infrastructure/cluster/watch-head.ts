import { setTimeout as setTimer } from 'node:timers/promises'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore } from '../../application/ports/event-store.ts'
import type { NewestCopied } from '../event-store/sqlite/replica/newest-copied.ts'
import { isInLog } from './follow-log.ts'
import type { Freshness } from './freshness.ts'
import type { ReachedPositions } from './reached-positions.ts'

type Needs = {
  readonly store: EventStore
  readonly newestCopied: () => NewestCopied | undefined
  readonly reached: ReachedPositions
  readonly fresh: Freshness
  /** Milliseconds. */
  readonly maxStaleness: number
  /** The replica has an event that is not in the log. */
  readonly onDiverged: () => void
}

/** A log can be truncated without a word to its subscriptions, so each check of the head also looks for the newest replicated event. */
export function watchHead({ store, newestCopied, reached, fresh, maxStaleness, onDiverged }: Needs) {
  const interval = Math.max(50, maxStaleness / 8)
  const closing = new AbortController()
  const { signal } = closing
  let head = 0
  let confirmed = 0

  const ask = async () => {
    const asked = fresh.moment()
    const newest = await store.head()()
    if (isLeft(newest)) return
    const copied = newestCopied()
    const isSameLog = await isInLog(store, copied)
    if (isSameLog === false) onDiverged()
    if (isSameLog !== true || signal.aborted) return
    head = newest.right
    confirmed = Math.min(head, copied?.position ?? 0)
    fresh.record(asked, head, reached.position())
  }
  const pause = (ms: number) => setTimer(ms, undefined, { signal }).catch(() => {})

  const run = async () => {
    while (!signal.aborted) {
      await Promise.race([ask(), pause(maxStaleness)])
      await pause(interval)
    }
  }
  const done = run()

  return {
    head: () => head,
    /** Up to here the replica was compared with the log, and a majority has it. */
    confirmed: () => confirmed,
    close: async () => {
      closing.abort()
      await done
    },
  }
}
