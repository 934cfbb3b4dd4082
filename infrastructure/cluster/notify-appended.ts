import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore, NewEvent } from '../../application/ports/event-store.ts'

/** A subscription would also bring the events of other nodes. */
export function notifyAppended(store: EventStore, onAppended: (events: readonly NewEvent[], position: number) => void): EventStore {
  return {
    ...store,
    append: (stream, expected, events) => async () => {
      const appended = await store.append(stream, expected, events)()
      if (!isLeft(appended)) onAppended(events, appended.right.position)
      return appended
    },
  }
}
