import { setImmediate } from 'node:timers/promises'
import { isLeft } from 'fp-ts/lib/Either.js'
import { eraseOldOrigins, type RetainedKind } from '../../application/login/erase-old-origins.ts'
import type { Needs } from '../../application/needs.ts'
import type { EventStore, PayloadErasure } from '../../application/ports/event-store.ts'

/** Days by kind; what is not in it is kept. */
export type Retention = { readonly [Kind in RetainedKind]?: number }

const day = 86_400_000

/** One run at a time. After `stop` the run that is under way ends with the stream that it is at. */
export function retentionJob(needs: Needs<'journal'>, store: EventStore & PayloadErasure, retention: Retention) {
  let isRunning = false
  let isStopped = false
  const options = { pause: async () => void (await setImmediate()), isStopped: () => isStopped }
  const runAll = async () => {
    for (const [kind, days] of Object.entries(retention) as [RetainedKind, number][]) {
      const erased = await eraseOldOrigins(needs, store, kind, { ...options, retention: days * day })
      if (isLeft(erased) && !isStopped) {
        throw new Error(`network addresses of old ${kind} are not erased yet (${erased.left.type}): they are tried again in a day`)
      }
    }
  }
  const run = async () => {
    if (isRunning || isStopped) return
    isRunning = true
    await runAll().finally(() => {
      isRunning = false
    })
  }
  const stop = () => {
    isStopped = true
  }
  return { run, stop }
}
