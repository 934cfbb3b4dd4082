import type { Database } from 'better-sqlite3'
import type { LoggedEvent } from '../../application/ports/local-log.ts'
import type { DomainEvent } from '../../domain/catalogue.ts'

export type EventType = DomainEvent['type']
export type EventOfType<Type extends EventType> = Extract<DomainEvent, { type: Type }>

export type Handlers = { readonly [Type in EventType]?: (event: EventOfType<Type>, recorded: LoggedEvent) => void }

export type ErasedPlace = Pick<LoggedEvent, 'position' | 'stream'>

/** `clear` drops what handlers remember of their tables, before each transaction: the last one may have been rolled back. */
export type Projection = {
  readonly handlers: Handlers
  /** Removes what only the payload of the event at that place said. */
  readonly erase?: (place: ErasedPlace) => void
  readonly clear?: () => void
}

export type Tables<Name extends string> = Readonly<Record<Name, string>>

/** Increase `version` whenever a table or a handler changes: the read model is then rebuilt at the next start. */
export type ReadModel<Name extends string = string> = {
  readonly name: string
  readonly version: number
  /** As after the name in `CREATE TABLE`. */
  readonly tables: Tables<Name>
  /** As after `ON table`. Only for queries: a rebuild creates them last. */
  readonly indexes: readonly { readonly on: NoInfer<Name>; readonly columns: string }[]
  open(db: Database, tables: Tables<Name>): Projection
}

export function defineReadModel<Name extends string>(model: ReadModel<Name>): ReadModel<Name> {
  return model
}

export function physicalTables<Name extends string>({ tables, version }: ReadModel<Name>): Tables<Name> {
  return Object.fromEntries(Object.keys(tables).map((name) => [name, `${name}_v${version}`])) as Record<Name, string>
}
