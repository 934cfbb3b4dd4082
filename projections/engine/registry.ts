import type { Database } from 'better-sqlite3'
import { physicalTables, type ReadModel } from './read-model.ts'

export type RegisteredModel = {
  readonly name: string
  readonly version: number
  readonly position: number
  readonly tables: readonly string[]
}

type Row = Omit<RegisteredModel, 'tables'> & { tables: string }

export function createRegistry(db: Database): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS read_model (name TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL, tables TEXT NOT NULL) STRICT',
  )
}

export function registered(db: Database): readonly RegisteredModel[] {
  return db
    .prepare<[], Row>('SELECT name, version, position, tables FROM read_model ORDER BY name')
    .all()
    .map((row) => ({ ...row, tables: JSON.parse(row.tables) }))
}

export function registerModel(db: Database, model: ReadModel, position: number) {
  return db
    .prepare('INSERT OR REPLACE INTO read_model VALUES (?, ?, ?, ?)')
    .run(model.name, model.version, position, JSON.stringify(Object.values(physicalTables(model))))
}

export function unregisterModel(db: Database, name: string) {
  return db.prepare('DELETE FROM read_model WHERE name = ?').run(name)
}

export function readPosition(db: Database) {
  const position = db.prepare<[], number>('SELECT ifnull(min(position), 0) FROM read_model').pluck()
  return () => position.get() ?? 0
}
