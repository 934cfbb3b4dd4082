import type { Observer, RecordedEvent } from '../../application/ports/event-store.ts'

/**
 * Hands events on as the observer wants them: at once, or one after another until `isStopped`. Throws what the observer throws. An
 * observer that answers at once is not waited for: over a long log a turn of the queue for each event is most of the time.
 */
export async function deliverEvents(observer: Observer, events: readonly RecordedEvent[], isStopped: () => boolean): Promise<void> {
  if (events.length === 0 || isStopped()) return
  if (observer.events !== undefined) return observer.events(events)
  for (const event of events) {
    if (isStopped()) return
    const handling = observer.event(event)
    if (handling !== undefined) await handling
  }
}
