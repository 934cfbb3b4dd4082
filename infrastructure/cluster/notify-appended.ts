import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore, NewEvent } from '../../application/ports/event-store.ts'

/** What this process appends, told when it is in the log. On a node that is not what comes back from the log: there the others' events are too. */
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
