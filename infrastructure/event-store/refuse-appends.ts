import { left } from 'fp-ts/lib/Either.js'
import type { EventStore, StoreFailure } from '../../application/ports/event-store.ts'

export const clockJumped: StoreFailure = { type: 'unavailable', detail: 'the clock jumped' }

/** A wrong time in the log would stay for good. */
export function refuseAppends(store: EventStore, hasJumped: () => boolean): EventStore {
  return {
    ...store,
    append: (stream, expected, events) => async () => (hasJumped() ? left(clockJumped) : store.append(stream, expected, events)()),
  }
}
