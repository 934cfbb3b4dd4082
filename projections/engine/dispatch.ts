import type { Database } from 'better-sqlite3'
import type { DomainEvent } from '../../domain/catalogue.ts'
import { currentKinds, type Recorded, readOlder, stoppedAt } from './decode-event.ts'
import { physicalTables, type ReadModel } from './read-model.ts'

type Handler = (event: DomainEvent, recorded: Recorded) => void

/**
 * Hands each event, decoded once, to the handlers of all `models` (whose tables stand in `schema`). What one throws goes up, with the place.
 * `fields`: what of the data is decoded; all if left out.
 */
export function openHandlers(db: Database, models: readonly ReadModel[], schema?: string, fields?: readonly string[]) {
  const projections = models.map((model) => model.open(db, physicalTables(model, schema)))
  const handlersOf = (type: string) =>
    projections.flatMap(({ handlers }) => (handlers as Readonly<Record<string, Handler | undefined>>)[type] ?? [])
  const kinds = new Map([...currentKinds(fields)].map(([type, kind]) => [type, { ...kind, handlers: handlersOf(type) }]))

  const call = (handlers: readonly Handler[], event: DomainEvent, recorded: Recorded) => {
    try {
      for (const handler of handlers) handler(event, recorded)
    } catch (error) {
      throw stoppedAt(recorded, error instanceof Error ? error.name : 'a handler failed', error)
    }
  }
  /** What nobody handles must be in the catalogue; its data is not looked at, and not parsed where it is JSON still. */
  const handle = (recorded: Recorded, json?: string) => {
    const kind = kinds.get(recorded.type)
    if (kind?.version === recorded.version) {
      if (kind.handlers.length > 0)
        call(kind.handlers, kind.read(recorded, json === undefined ? recorded.data : JSON.parse(json)), recorded)
      return
    }
    const event = readOlder(json === undefined ? recorded : { ...recorded, data: JSON.parse(json) })
    call(handlersOf(event.type), event, recorded)
  }
  const flush = () => {
    for (const projection of projections) projection.flush?.()
  }
  const forget = () => {
    for (const projection of projections) projection.forget?.()
  }
  return { handle, flush, forget }
}
