import type { Observer, RecordedEvent } from '../../application/ports/event-store.ts'

/** Awaits only promises: over a long log, a turn of the event loop per event would take most of the time. */
export async function deliverEvents(observer: Observer, events: readonly RecordedEvent[], isStopped: () => boolean): Promise<void> {
  if (events.length === 0 || isStopped()) return
  if (observer.events !== undefined) return observer.events(events)
  for (const event of events) {
    if (isStopped()) return
    const handling = observer.event(event)
    if (handling !== undefined) await handling
  }
}
