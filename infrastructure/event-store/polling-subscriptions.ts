import type { EventStore, StoreFailure } from '../../application/ports/event-store.ts'
import { pollEvents } from './poll-events.ts'
import { storeClosed } from './store-closed.ts'
import { wakeSignal } from './wake-signal.ts'

const observerFailed = (error: unknown): StoreFailure => ({
  type: 'unavailable',
  detail: `the observer failed: ${error instanceof Error ? error.name : 'unknown error'}`,
})

/** Call `wake` after each commit and `end` when the store closes. */
export function pollingSubscriptions(readAll: EventStore['readAll']) {
  const sleepers = new Set<() => void>()
  let hasEnded = false

  const subscribe: EventStore['subscribe'] = (position, observer) => {
    let isStopped = false
    const { wake, woken } = wakeSignal()
    sleepers.add(wake)
    const polling = { readAll, woken, isStopped: () => isStopped, end: () => (hasEnded ? storeClosed : null) }
    const done = pollEvents(polling, position, observer)
      .catch(observerFailed)
      .then((failure) => {
        sleepers.delete(wake)
        if (failure !== null && !isStopped) observer.dropped(failure)
      })
    /** Waits for the event that is being handled, so the observer itself must not await it. */
    const close = async () => {
      isStopped = true
      wake()
      await done
    }
    return { close }
  }

  const wake = () => {
    for (const wakeOne of sleepers) wakeOne()
  }
  const end = () => {
    hasEnded = true
    wake()
  }
  return { subscribe, wake, end }
}
