import type { Database } from 'better-sqlite3'
import { physicalTables, type ReadModel } from './read-model.ts'
import { createRegistry, register, registered } from './registry.ts'

/** An attached database of its own, where tables are built before they take the place of the old ones. */
export const beside = 'beside'

const drop = (db: Database, tables: readonly string[]) => {
  for (const table of tables) db.exec(`DROP TABLE IF EXISTS main.${table}`)
}

const createIndexes = (db: Database, model: ReadModel, schema: string, wanted: (index: ReadModel['indexes'][number]) => boolean) => {
  const tables = physicalTables(model)
  model.indexes.forEach((index, number) => {
    const name = `${schema}.${model.name}_v${model.version}_${number + 1}`
    if (wanted(index)) db.exec(`CREATE INDEX ${name} ON ${tables[index.on]} ${index.columns}`)
  })
}

const createTables = (db: Database, model: ReadModel, schema: string) => {
  const tables = physicalTables(model, schema)
  for (const [name, definition] of Object.entries(model.tables)) db.exec(`CREATE TABLE ${tables[name]} ${definition}`)
}

/** Drops what no read model of today stands behind. */
export const retire = (db: Database, models: readonly ReadModel[]) => {
  createRegistry(db)
  for (const { name, tables } of registered(db)) {
    if (models.some((model) => model.name === name)) continue
    drop(db, tables)
    db.prepare('DELETE FROM read_model WHERE name = ?').run(name)
  }
}

export const createBeside = (db: Database, model: ReadModel) => {
  createTables(db, model, beside)
  createIndexes(db, model, beside, ({ neededByHandlers }) => neededByHandlers === true)
}

/** Inside one transaction: the old tables go, whatever their version was, and copies of those beside take their place. */
export const takeOver = (db: Database, model: ReadModel, position: number) => {
  drop(db, registered(db).find(({ name }) => name === model.name)?.tables ?? [])
  createTables(db, model, 'main')
  const from = physicalTables(model, beside)
  for (const [name, to] of Object.entries(physicalTables(model, 'main'))) db.exec(`INSERT INTO ${to} SELECT * FROM ${from[name]}`)
  createIndexes(db, model, 'main', () => true)
  register(db, model, position)
}
