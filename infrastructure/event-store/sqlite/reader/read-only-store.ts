import { left } from 'fp-ts/lib/Either.js'
import type { EventStore, StoreFailure } from '../../../../application/ports/event-store.ts'

const readOnly: StoreFailure = { type: 'unavailable', detail: 'the log is open for reading only' }

/** For a command that works beside the server, which alone may write. */
export function readOnlyStore(reader: Pick<EventStore, 'read' | 'readAll' | 'head' | 'close'>): EventStore {
  const refuse = () => async () => left(readOnly)
  return {
    ...reader,
    append: refuse,
    deleteKeyStream: refuse,
    subscribe: (_, { dropped }) => {
      queueMicrotask(() => dropped(readOnly))
      return { close: async () => {} }
    },
  }
}
