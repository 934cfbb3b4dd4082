import type { EventStore, Observer, StoreFailure, Subscription } from '../../application/event-store.ts'

const page = 512

const closed: StoreFailure = { is: 'unavailable', detail: 'the store is closed' }

const observerFailed = (error: unknown): StoreFailure => ({
  is: 'unavailable',
  detail: `the observer failed: ${error instanceof Error ? error.name : 'unknown error'}`,
})

/**
 * Subscriptions over `readAll`: an observer that is slow is behind in the log and has no queue of its own. `wake` is called
 * after each commit, `end` when the store closes.
 */
export const followers = (readAll: EventStore['readAll']) => {
  const wakers = new Set<() => void>()
  let ended = false

  const subscribe = (from: number, observer: Observer): Subscription => {
    let position = from
    let commits = 0
    let seen = -1
    let stopped = false
    let rouse = () => {}
    const wake = () => {
      commits++
      rouse()
    }
    wakers.add(wake)
    const news = () => new Promise<void>((resolve) => (commits !== seen || stopped || ended ? resolve() : (rouse = resolve)))

    const drainPage = async (): Promise<'more' | 'at_end' | StoreFailure> => {
      const events = await readAll(position, page)()
      if (events._tag === 'Left') return events.left
      for (const event of events.right) {
        if (stopped) return 'at_end'
        await observer.event(event)
        position = event.position
      }
      return events.right.length < page ? 'at_end' : 'more'
    }

    const run = async (): Promise<StoreFailure | null> => {
      for (let caughtUp = false; !stopped; ) {
        if (ended) return closed
        seen = commits
        const drained = await drainPage()
        if (stopped) break
        if (typeof drained !== 'string') return drained
        if (drained === 'more') continue
        if (!caughtUp) observer.caughtUp?.()
        caughtUp = true
        await news()
      }
      return null
    }

    const done = run()
      .catch(observerFailed)
      .then((failure) => {
        wakers.delete(wake)
        if (failure !== null) observer.dropped(failure)
      })
    /** Waits for the event that is being handled: not to be awaited by the observer itself. */
    const close = async () => {
      stopped = true
      rouse()
      await done
    }
    return { close }
  }

  const wake = () => {
    for (const waker of wakers) waker()
  }
  const end = () => {
    ended = true
    wake()
  }
  return { subscribe, wake, end }
}
