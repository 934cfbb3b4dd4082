import { isRight, right } from 'fp-ts/lib/Either.js'
import { LRUCache } from 'lru-cache'
import type { EventStore, RecordedEvent } from '../../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../../domain/kernel/streams.ts'

const streamsRemembered = 20_000

/** Only this process writes the log, so most reads need not ask the file. Call `clear` after a failed append: it may be committed. */
export function readCache(readLog: EventStore['read']) {
  /** The newest revision of each stream is at most this; -1 for none. */
  const newest = new LRUCache<string, number>({ max: streamsRemembered })

  const read: EventStore['read'] =
    (stream, from = 0) =>
    async () => {
      const known = newest.get(stream)
      if (known !== undefined && known < from) return right([])
      const recorded = await readLog(stream, from)()
      if (isRight(recorded) && !isKeyStream(stream)) {
        newest.set(stream, recorded.right.at(-1)?.revision ?? from - 1)
      }
      return recorded
    }
  const observe = (events: readonly RecordedEvent[]) => {
    for (const { stream, revision } of events) if (!isKeyStream(stream)) newest.set(stream, revision)
  }
  return { read, observe, clear: () => newest.clear() }
}
