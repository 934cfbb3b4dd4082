import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { EventStore, StoreFailure } from '../../application/ports/event-store.ts'

export function watchStore(store: EventStore, onFailure: (type: StoreFailure['type']) => void): EventStore {
  const watched =
    <A>(task: TaskEither<StoreFailure, A>): TaskEither<StoreFailure, A> =>
    async () => {
      const result = await task()
      if (isLeft(result)) onFailure(result.left.type)
      return result
    }
  return {
    ...store,
    read: (stream, from) => watched(store.read(stream, from)),
    append: (stream, expected, events) => watched(store.append(stream, expected, events)),
    readAll: (position, limit) => watched(store.readAll(position, limit)),
    head: () => watched(store.head()),
    deleteKeyStream: (stream) => watched(store.deleteKeyStream(stream)),
  }
}
