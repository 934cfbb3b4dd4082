import type { Database } from 'better-sqlite3'
import type { DomainEvent } from '../../domain/catalogue.ts'
import type { Recorded } from './decode-event.ts'

export type EventType = DomainEvent['type']
export type EventOfType<Type extends EventType> = Extract<DomainEvent, { type: Type }>

/** What a read model does on an event. Whatever a handler throws stops the projection; nothing is skipped. */
export type Handlers = { readonly [Type in EventType]?: (event: EventOfType<Type>, recorded: Recorded) => void }

/**
 * `flush` writes what handlers have put off to the end of a batch; `forget` drops it, and whatever they remember of their tables: what was
 * done since may have been rolled back.
 */
export type Projection = { readonly handlers: Handlers; readonly flush?: () => void; readonly forget?: () => void }

export type Tables<Name extends string> = Readonly<Record<Name, string>>

/**
 * A read model: what it is called, the version of its shape and meaning, its tables, and how events fill them.
 * Bring the version up whenever a table or a handler changes: the tables are then built anew beside the old ones.
 */
export type ReadModel<Name extends string = string> = {
  readonly name: string
  readonly version: number
  /** Columns and options of each table, as after its name in `CREATE TABLE`. */
  readonly tables: Tables<Name>
  /** Columns and options, as after `ON table`. Made after the rows when all are built anew, but for those that a handler searches by. */
  readonly indexes: readonly { readonly on: NoInfer<Name>; readonly columns: string; readonly neededByHandlers?: true }[]
  /** The fields of an event's data that the handlers look at, if these are few: a thread that builds no other tables decodes no others. */
  readonly fields?: readonly string[]
  /** Takes so long to build from a large log that a rebuild does it in a thread of its own. */
  readonly apart?: true
  open(db: Database, tables: Tables<Name>): Projection
}

export function defineReadModel<Name extends string>(model: ReadModel<Name>): ReadModel<Name> {
  return model
}

/** Under what names the tables stand in the file (`sessions_v1`), or in an attached one. */
export function physicalTables<Name extends string>({ tables, version }: ReadModel<Name>, schema?: string): Tables<Name> {
  return Object.fromEntries(Object.keys(tables).map((name) => [name, `${schema ? `${schema}.` : ''}${name}_v${version}`])) as Record<
    Name,
    string
  >
}
