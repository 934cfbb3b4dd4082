import { isLeft } from 'fp-ts/lib/Either.js'
import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import { got } from '../../contract/event-store/support.ts'
import { openStore } from '../../infrastructure/event-store/eventstoredb/eventstoredb-for-test.ts'

const page = 4_000

/** Reads the store directly, not through a proxy, to compare it with what the nodes return. */
export const openLogReader = async (url: string) => {
  const store = await openStore(url)
  const since = async (position: number): Promise<readonly RecordedEvent[]> => {
    const events: RecordedEvent[] = []
    for (;;) {
      const read = await store.readAll(events.at(-1)?.position ?? position, page)()
      if (isLeft(read)) throw new Error(`the log cannot be read: ${read.left.type}`)
      events.push(...read.right)
      if (read.right.length < page) return events
    }
  }
  return { head: () => got(store.head()), since, close: store.close }
}
