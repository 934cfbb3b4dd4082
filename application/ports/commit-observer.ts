import type { RecordedEvent } from './event-store.ts'

/** Called between a commit and its answer: must neither block nor throw. */
export type CommitObserver = {
  readonly observe: (events: readonly RecordedEvent[]) => void
  /** Events that were observed may not be in the log after all. */
  readonly clear: () => void
}

/** Returns a function that ends it. */
export type ObserveCommits = (observer: CommitObserver) => () => void
