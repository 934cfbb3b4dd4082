import { setImmediate } from 'node:timers/promises'
import { isLeft } from 'fp-ts/lib/Either.js'
import { eraseUnknownAttempts } from '../../application/login/erase-unknown-attempts.ts'
import type { Needs } from '../../application/needs.ts'
import type { EventStore, PayloadErasure } from '../../application/ports/event-store.ts'

/** One run at a time. After `stop` the run that is under way ends with the name that it is at. */
export function eraseAttemptsJob(needs: Needs<'journal'>, store: EventStore & PayloadErasure, retention: number) {
  let isRunning = false
  let isStopped = false
  const run = async () => {
    if (isRunning || isStopped) return
    isRunning = true
    const pause = async () => void (await setImmediate())
    const erased = await eraseUnknownAttempts(needs, store, { retention, pause, isStopped: () => isStopped }).finally(() => {
      isRunning = false
    })
    if (isLeft(erased) && !isStopped)
      throw new Error(`old attempts at unknown names are not erased yet (${erased.left.type}): they are tried again in a day`)
  }
  const stop = () => {
    isStopped = true
  }
  return { run, stop }
}
