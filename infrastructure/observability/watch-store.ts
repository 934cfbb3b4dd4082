import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { EventStore, StoreFailure } from '../../application/ports/event-store.ts'

/** The log, with each of its failures told by kind. */
export function watchStore(store: EventStore, onFailure: (kind: StoreFailure['type']) => void): EventStore {
  const told =
    <A>(task: TaskEither<StoreFailure, A>): TaskEither<StoreFailure, A> =>
    async () => {
      const result = await task()
      if (isLeft(result)) onFailure(result.left.type)
      return result
    }
  return {
    ...store,
    read: (stream, from) => told(store.read(stream, from)),
    append: (stream, expected, events) => told(store.append(stream, expected, events)),
    readAll: (position, limit) => told(store.readAll(position, limit)),
    head: () => told(store.head()),
    deleteKeyStream: (stream) => told(store.deleteKeyStream(stream)),
  }
}
