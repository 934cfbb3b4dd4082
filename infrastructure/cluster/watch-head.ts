import { setTimeout as setTimer } from 'node:timers/promises'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore } from '../../application/ports/event-store.ts'
import type { NewestCopied } from '../event-store/sqlite/replica/copy-rows.ts'
import { isInLog } from './follow-log.ts'
import type { Freshness } from './freshness.ts'
import type { ReachedPositions } from './reached-positions.ts'

type Needs = {
  readonly store: EventStore
  readonly newestCopied: () => NewestCopied | undefined
  readonly reached: ReachedPositions
  readonly fresh: Freshness
  /** Milliseconds: beyond this an answer is worth nothing. */
  readonly maxStaleness: number
  /** The copy has an event that the log has not. */
  readonly onStranger: () => void
}

const unanswered = Symbol('unanswered')

/**
 * Asks the leader for the head of the log, one question at a time, often enough that the read models are never taken for stale while all is well. Each time
 * it also looks whether the newest event here is still in the log: a log can be cut behind a reader without a word to its subscriptions.
 */
export function watchHead({ store, newestCopied, reached, fresh, maxStaleness, onStranger }: Needs) {
  const interval = Math.max(50, maxStaleness / 8)
  const closing = new AbortController()
  const { signal } = closing
  let head = 0

  const ask = async () => {
    const asked = fresh.moment()
    const answer = await store.head()()
    if (isLeft(answer)) return
    const same = await isInLog(store, newestCopied())
    if (same === false) onStranger()
    if (same !== true || signal.aborted) return
    head = answer.right
    fresh.heard(asked, head, reached.position())
  }
  const pause = (ms: number) => setTimer(ms, unanswered, { signal }).catch(() => unanswered)

  const run = async () => {
    while (!signal.aborted) {
      await Promise.race([ask(), pause(maxStaleness)])
      await pause(interval)
    }
  }
  const done = run()

  return {
    /** As it was last heard. */
    head: () => head,
    close: async () => {
      closing.abort()
      await done
    },
  }
}
