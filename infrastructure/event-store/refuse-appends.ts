import { left } from 'fp-ts/lib/Either.js'
import type { EventStore, StoreFailure } from '../../application/ports/event-store.ts'

/** Nothing is recorded while `reason` names one: a wrong time in the log would stay for good. */
export function refuseAppends(store: EventStore, reason: () => string | null): EventStore {
  return {
    ...store,
    append: (stream, expected, events) => async () => {
      const detail = reason()
      return detail === null ? store.append(stream, expected, events)() : left<StoreFailure>({ type: 'unavailable', detail })
    },
  }
}
