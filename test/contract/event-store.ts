import { describe, test } from 'vitest'
import type { EventStore } from '../../application/ports/event-store.ts'
import { appendContract } from './event-store/append.ts'
import { endContract } from './event-store/end.ts'
import { keyStreamContract } from './event-store/key-streams.ts'
import { readContract } from './event-store/read.ts'
import { subscribeContract } from './event-store/subscribe.ts'

/** A store for one test. Other tests may write to the same log at any time. */
export type StoreForTest = {
  readonly store: EventStore
  /** Closes the store and opens the same log again; left out where the log does not outlive the store. */
  readonly reopen?: () => Promise<EventStore>
  /** Closes and removes everything that the test opened. */
  readonly dispose: () => Promise<void>
}

/** A test with its own store. */
export type StoreTest = (sentence: string, body: (opened: StoreForTest) => Promise<void>) => void

/** The contract of every event store. */
export const eventStoreContract = (name: string, open: () => Promise<StoreForTest>) =>
  describe(`${name}, as an event store,`, () => {
    const storeTest: StoreTest = (sentence, body) =>
      test(sentence, async () => {
        const opened = await open()
        try {
          await body(opened)
        } finally {
          await opened.dispose()
        }
      })
    appendContract(storeTest)
    readContract(storeTest)
    keyStreamContract(storeTest)
    subscribeContract(storeTest)
    endContract(storeTest)
  })
