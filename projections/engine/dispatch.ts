import type { Database } from 'better-sqlite3'
import type { LoggedEvent } from '../../application/ports/local-log.ts'
import type { DomainEvent } from '../../domain/catalogue.ts'
import { currentKinds, readOlder, stoppedAt } from './decode-event.ts'
import { type ErasedPlace, physicalTables, type ReadModel } from './read-model.ts'

type Handler = (event: DomainEvent, recorded: LoggedEvent) => void

/** An event that no model handles must be in the catalogue, but is not decoded. */
export function openHandlers(db: Database, models: readonly ReadModel[]) {
  const projections = models.map((model) => model.open(db, physicalTables(model)))
  const handlersOf = (type: string) =>
    projections.flatMap(({ handlers }) => (handlers as Readonly<Record<string, Handler | undefined>>)[type] ?? [])
  const kinds = new Map([...currentKinds].map(([type, kind]) => [type, { ...kind, handlers: handlersOf(type) }]))

  const call = (handlers: readonly Handler[], event: DomainEvent, recorded: LoggedEvent) => {
    try {
      for (const handler of handlers) handler(event, recorded)
    } catch (error) {
      throw stoppedAt(recorded, error instanceof Error ? error.name : 'a handler failed', error)
    }
  }
  const handle = (recorded: LoggedEvent) => {
    const kind = kinds.get(recorded.type)
    if (kind?.version !== recorded.version) {
      const event = readOlder(recorded)
      return call(handlersOf(event.type), event, recorded)
    }
    if (kind.handlers.length > 0) call(kind.handlers, kind.read(recorded), recorded)
  }
  const erase = (place: ErasedPlace) => {
    for (const projection of projections) projection.erase?.(place)
  }
  const clear = () => {
    for (const projection of projections) projection.clear?.()
  }
  return { handle, erase, clear }
}
