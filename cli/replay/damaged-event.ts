import { UnreadableRow } from '../../infrastructure/event-store/sqlite/reader/event-rows.ts'

type Placed = { readonly position: number; readonly type: string; readonly version: number }

/** What reads an event may throw whatever it finds, with what is in the event. */
export function namingDamage<Event extends Placed, Done>(event: Event, read: (event: Event) => Done): Done {
  try {
    return read(event)
  } catch (error) {
    throw new UnreadableRow(`the event at position ${event.position} (${event.type}@${event.version}) is damaged`, { cause: error })
  }
}
