import type { Database } from 'better-sqlite3'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { readModels } from '../read-models.ts'
import { openHandlers } from './dispatch.ts'
import type { ReadModel } from './read-model.ts'
import { rebuild } from './rebuild.ts'

export type Projector = {
  /**
   * Inside the transaction that appends `events`. Whatever it throws must roll that back. `through`: up to where the log was read, if that is
   * further than the last of them.
   */
  readonly apply: (events: readonly RecordedEvent[], through?: number) => void
}

/** Read models that are rows of the log's own transactions. Those that are missing, of another version or elsewhere than the log are built first. */
export function openProjector(db: Database, models: readonly ReadModel[] = readModels): Projector {
  rebuild(db, { models })
  const { handle, flush, forget } = openHandlers(db, models)
  const reached = db.prepare<[], number>('SELECT ifnull(max(position), 0) FROM read_model').pluck()
  const reach = db.prepare('UPDATE read_model SET position = ?')

  const apply = (events: readonly RecordedEvent[], through = 0) => {
    forget()
    let position = reached.get() ?? 0
    for (const event of events) {
      if (event.position <= position) throw new Error(`the read models have already seen position ${event.position} of the log`)
      handle(event)
      position = event.position
    }
    flush()
    if (events.length > 0 || through > position) reach.run(Math.max(position, through))
  }
  return { apply }
}
