import type { Database } from 'better-sqlite3'
import { physicalTables, type ReadModel } from './read-model.ts'
import { createRegistry, registered, registerModel } from './registry.ts'

const drop = (db: Database, tables: readonly string[]) => {
  for (const table of tables) db.exec(`DROP TABLE IF EXISTS main.${table}`)
}

const indexName = ({ name, version }: ReadModel, schema: string, number: number) => `${schema}.${name}_v${version}_${number + 1}`

const createIndexes = (db: Database, model: ReadModel, schema: string, wanted: (index: ReadModel['indexes'][number]) => boolean) => {
  const tables = physicalTables(model)
  model.indexes.forEach((index, number) => {
    if (wanted(index)) db.exec(`CREATE INDEX IF NOT EXISTS ${indexName(model, schema, number)} ON ${tables[index.on]} ${index.columns}`)
  })
}

const createTables = (db: Database, model: ReadModel, schema: string) => {
  const tables = physicalTables(model, schema)
  for (const [name, definition] of Object.entries(model.tables)) db.exec(`CREATE TABLE ${tables[name]} ${definition}`)
}

/** Drops what no read model of today stands behind. */
export function retire(db: Database, models: readonly ReadModel[]) {
  createRegistry(db)
  for (const { name, tables } of registered(db)) {
    if (models.some((model) => model.name === name)) continue
    drop(db, tables)
    db.prepare('DELETE FROM read_model WHERE name = ?').run(name)
  }
}

/** Makes the tables, empty; `finishIn` makes the indexes that no handler needs. */
export function createIn(db: Database, model: ReadModel, schema: string) {
  createTables(db, model, schema)
  createIndexes(db, model, schema, ({ neededByHandlers }) => neededByHandlers === true)
}

export function finishIn(db: Database, model: ReadModel, schema: string) {
  return createIndexes(db, model, schema, ({ neededByHandlers }) => neededByHandlers !== true)
}

/** Takes away what `finishIn` makes: many events are taken faster without. */
export function unfinishIn(db: Database, model: ReadModel, schema: string) {
  return model.indexes.forEach(({ neededByHandlers }, number) => {
    if (neededByHandlers !== true) db.exec(`DROP INDEX IF EXISTS ${indexName(model, schema, number)}`)
  })
}

/**
 * Inside one transaction: the old tables go, whatever their version was, and copies of those in `schema` take their place. SQLite copies rows and
 * index entries as they are and in their order, for the new tables are empty and have the same indexes.
 */
export function takeOver(db: Database, model: ReadModel, schema: string, position: number) {
  drop(db, registered(db).find(({ name }) => name === model.name)?.tables ?? [])
  createTables(db, model, 'main')
  createIndexes(db, model, 'main', () => true)
  const from = physicalTables(model, schema)
  for (const [name, to] of Object.entries(physicalTables(model, 'main'))) db.exec(`INSERT INTO ${to} SELECT * FROM ${from[name]}`)
  registerModel(db, model, position)
}
