import type { Database } from 'better-sqlite3'
import { physicalTables, type ReadModel } from './read-model.ts'

export function dropTables(db: Database, tables: readonly string[]) {
  for (const table of tables) db.exec(`DROP TABLE IF EXISTS ${table}`)
}

export function createTables(db: Database, model: ReadModel) {
  const tables = physicalTables(model)
  for (const [name, definition] of Object.entries(model.tables)) db.exec(`CREATE TABLE ${tables[name]} ${definition}`)
}

const indexName = ({ name, version }: ReadModel, number: number) => `${name}_v${version}_${number + 1}`

export function createIndexes(db: Database, model: ReadModel) {
  const tables = physicalTables(model)
  model.indexes.forEach(({ on, columns }, number) => {
    db.exec(`CREATE INDEX IF NOT EXISTS ${indexName(model, number)} ON ${tables[on]} ${columns}`)
  })
}

export function dropIndexes(db: Database, model: ReadModel) {
  model.indexes.forEach((_, number) => {
    db.exec(`DROP INDEX IF EXISTS ${indexName(model, number)}`)
  })
}
