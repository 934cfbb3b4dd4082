import type { EventStore, Observer, StoreFailure, Subscription } from '../../application/event-store.ts'
import { bell } from './bell.ts'

const page = 512

const closed: StoreFailure = { is: 'unavailable', detail: 'the store is closed' }

const observerFailed = (error: unknown): StoreFailure => ({
  is: 'unavailable',
  detail: `the observer failed: ${error instanceof Error ? error.name : 'unknown error'}`,
})

/**
 * Subscriptions over `readAll`: an observer that is slow is behind in the log and has no queue of its own. `wake` is to be
 * called after each commit, `end` when the store closes.
 */
export const followers = (readAll: EventStore['readAll']) => {
  const bells = new Set<() => void>()
  let ended = false

  const subscribe = (from: number, observer: Observer): Subscription => {
    let position = from
    let stopped = false
    const { ring, rung } = bell()
    bells.add(ring)

    const handle = async (event: Parameters<Observer['event']>[0]) => {
      if (stopped) return
      await observer.event(event)
      position = event.position
    }

    const followToTheEnd = async (): Promise<StoreFailure | null> => {
      for (let more = true; more && !stopped; ) {
        const events = await readAll(position, page)()
        if (events._tag === 'Left') return events.left
        for (const event of events.right) await handle(event)
        more = events.right.length === page
      }
      return null
    }

    const follow = async (): Promise<StoreFailure | null> => {
      for (let caughtUp = false; !stopped; caughtUp = true) {
        if (ended) return closed
        const failure = await followToTheEnd()
        if (failure !== null) return failure
        if (!caughtUp && !stopped) observer.caughtUp?.()
        await rung()
      }
      return null
    }

    const done = follow()
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
