import type { CommitObserver, ObserveCommits } from '../../application/ports/commit-observer.ts'

export function commitObservers(): CommitObserver & { readonly add: ObserveCommits } {
  const observers = new Set<CommitObserver>()
  return {
    observe: (events) => {
      for (const { observe } of observers) observe(events)
    },
    clear: () => {
      for (const { clear } of observers) clear()
    },
    add: (observer) => {
      observers.add(observer)
      return () => void observers.delete(observer)
    },
  }
}
