import { AccountErased } from '../../domain/account/events.ts'
import { EmailReleased } from '../../domain/email-claim/events.ts'
import { idInStream } from '../../domain/kernel/streams.ts'
import type { RecordedEvent } from '../ports/event-store.ts'

/** The key is deleted between the two events, so a key that was cached again in between is dropped at the second. */
export function erasedPersons(events: readonly RecordedEvent[]): readonly string[] {
  return events.flatMap(({ type, stream, data }) => {
    if (type === AccountErased.type) return [idInStream(stream)]
    return type === EmailReleased.type ? [(data as { readonly accountId: string }).accountId] : []
  })
}
