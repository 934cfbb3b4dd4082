import type { Database } from 'better-sqlite3'
import { physicalTables, type ReadModel } from './read-model.ts'
import { createRegistry, register, registered } from './registry.ts'

/** Tables that are being built end in this until they take the place of the old ones. */
export const beside = '_beside'

const drop = (db: Database, tables: readonly string[]) => {
  for (const table of tables) db.exec(`DROP TABLE IF EXISTS ${table}`)
}

/** An index cannot be renamed when its table is: it gets the next name that is free. */
const freeName = (db: Database, wanted: string) => {
  const taken = db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').pluck()
  let number = 1
  while (taken.get(`${wanted}_${number}`) !== undefined) number++
  return `${wanted}_${number}`
}

const createIndexes = (db: Database, model: ReadModel, which: 'early' | 'late') => {
  const tables = physicalTables(model, beside)
  for (const { on, columns, neededByHandlers } of model.indexes) {
    if ((neededByHandlers === true) !== (which === 'early')) continue
    db.exec(`CREATE INDEX ${freeName(db, `${model.name}_by`)} ON ${tables[on]} ${columns}`)
  }
}

/** Drops what no read model of today stands behind, and what an interrupted rebuild left. */
export const retire = (db: Database, models: readonly ReadModel[]) => {
  createRegistry(db)
  const unfinished = db
    .prepare<[string], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE ?")
    .pluck()
    .all(`%${beside}`)
  drop(db, unfinished)
  for (const { name, tables } of registered(db)) {
    if (models.some((model) => model.name === name)) continue
    drop(db, tables)
    db.prepare('DELETE FROM read_model WHERE name = ?').run(name)
  }
}

export const createBeside = (db: Database, models: readonly ReadModel[]) => {
  for (const model of models) {
    const names = physicalTables(model, beside)
    for (const [table, definition] of Object.entries(model.tables)) db.exec(`CREATE TABLE ${names[table]} ${definition}`)
    createIndexes(db, model, 'early')
  }
}

/** Inside one transaction: the old tables go, whatever their version was, and those beside them take their place. */
export const takeOver = (db: Database, model: ReadModel, position: number) => {
  createIndexes(db, model, 'late')
  drop(db, registered(db).find(({ name }) => name === model.name)?.tables ?? [])
  const final = physicalTables(model)
  for (const [table, from] of Object.entries(physicalTables(model, beside))) db.exec(`ALTER TABLE ${from} RENAME TO ${final[table]}`)
  register(db, model, position)
}
