import type { Database } from 'better-sqlite3'
import type { DomainEvent } from '../domain/catalogue.ts'
import { type Recorded, readWanted, stoppedAt } from './decode-event.ts'
import { physicalTables, type ReadModel } from './read-model.ts'

type Handler = (event: DomainEvent, recorded: Recorded) => void

/** Hands each event, decoded once, to the handlers of all `models` (whose tables stand in `schema`). What one throws goes up, with the place. */
export const openHandlers = (db: Database, models: readonly ReadModel[], schema?: string) => {
  const projections = models.map((model) => model.open(db, physicalTables(model, schema)))
  const byType = new Map<string, Handler[]>()
  for (const { handlers } of projections) {
    for (const [type, handler] of Object.entries(handlers)) byType.set(type, [...(byType.get(type) ?? []), handler as Handler])
  }
  const wanted = (type: string) => byType.has(type)

  const handle = (recorded: Recorded) => {
    const event = readWanted(recorded, wanted)
    if (event === undefined) return
    try {
      for (const handler of byType.get(event.type) ?? []) handler(event, recorded)
    } catch (error) {
      throw stoppedAt(recorded, error instanceof Error ? error.name : 'a handler failed', error)
    }
  }
  const flush = () => {
    for (const projection of projections) projection.flush?.()
  }
  const forget = () => {
    for (const projection of projections) projection.forget?.()
  }
  return { handle, flush, forget }
}
