import { AccountErased } from '../../domain/account/events.ts'
import { EmailReleased } from '../../domain/email-claim/events.ts'
import { idInStream } from '../../domain/kernel/streams.ts'
import type { RecordedEvent } from '../ports/event-store.ts'

/**
 * Whose opened data keys must be forgotten after these events. The key goes between the two: whatever is opened again in that time is forgotten with
 * the second one.
 */
export function erasedPersons(events: readonly RecordedEvent[]): readonly string[] {
  return events.flatMap(({ type, stream, data }) => {
    if (type === AccountErased.type) return [idInStream(stream)]
    return type === EmailReleased.type ? [(data as { readonly accountId: string }).accountId] : []
  })
}
