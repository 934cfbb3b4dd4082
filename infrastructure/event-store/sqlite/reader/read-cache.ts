import { isRight, right } from 'fp-ts/lib/Either.js'
import { LRUCache } from 'lru-cache'
import type { EventStore, RecordedEvent } from '../../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../../domain/kernel/streams.ts'

const streamsRemembered = 20_000

/**
 * Says from memory that a stream has nothing new, which is what most reads find: the one process that writes the log is this one, so a stream has grown only
 * if `saw` was told of it. Key streams are left out, for they can go. `forget` after an append that failed, whatever it failed of: it may know better, and at
 * the end: then there is no log to speak for.
 */
export function readCache(readLog: EventStore['read']) {
  /** By stream a revision that its newest event is not above; -1 for none. */
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
  const saw = (events: readonly RecordedEvent[]) => {
    for (const { stream, revision } of events) if (!isKeyStream(stream)) newest.set(stream, revision)
  }
  return { read, saw, forget: () => newest.clear() }
}
