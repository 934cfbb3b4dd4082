import { describe, test } from 'vitest'
import type { EventStore } from '../../application/ports/event-store.ts'
import { appendContract } from './event-store/append.ts'
import { endContract } from './event-store/end.ts'
import { keyStreamContract } from './event-store/key-streams.ts'
import { readContract } from './event-store/read.ts'
import { subscribeContract } from './event-store/subscribe.ts'

/** A store for one test. Other tests may have written to the same log before, and may be writing now. */
export type StoreForTest = {
  readonly store: EventStore
  /** Closes the store and opens the same log again; left out where the log does not outlive the store. */
  readonly reopen?: () => Promise<EventStore>
  /** Closes what is still open and removes what was made. */
  readonly dispose: () => Promise<void>
}

/** A test that is given a store of its own. */
export type StoreTest = (sentence: string, body: (opened: StoreForTest) => Promise<void>) => void

/** What every event store must do, whatever stands behind it. */
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
