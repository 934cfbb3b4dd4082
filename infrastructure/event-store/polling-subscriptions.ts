import type { EventStore, StoreFailure } from '../../application/ports/event-store.ts'
import { pollEvents } from './poll-events.ts'
import { wakeSignal } from './wake-signal.ts'

const closed: StoreFailure = { type: 'unavailable', detail: 'the store is closed' }

const observerFailed = (error: unknown): StoreFailure => ({
  type: 'unavailable',
  detail: `the observer failed: ${error instanceof Error ? error.name : 'unknown error'}`,
})

/**
 * Subscriptions over `readAll`: an observer that is slow is behind in the log and has no queue of its own. `wake` is to be
 * called after each commit, `end` when the store closes.
 */
export function pollingSubscriptions(readAll: EventStore['readAll']) {
  const bells = new Set<() => void>()
  let ended = false

  const subscribe: EventStore['subscribe'] = (position, observer) => {
    let stopped = false
    const { ring, rung } = wakeSignal()
    bells.add(ring)
    const following = { readAll, rung, isStopped: () => stopped, end: () => (ended ? closed : null) }
    const done = pollEvents(following, position, observer)
      .catch(observerFailed)
      .then((failure) => {
        bells.delete(ring)
        if (failure !== null && !stopped) observer.dropped(failure)
      })
    /** Waits for the event that is being handled: not to be awaited by the observer itself. */
    const close = async () => {
      stopped = true
      ring()
      await done
    }
    return { close }
  }

  const wake = () => {
    for (const ring of bells) ring()
  }
  const end = () => {
    ended = true
    wake()
  }
  return { subscribe, wake, end }
}
