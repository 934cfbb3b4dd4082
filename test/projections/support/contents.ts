import type { Database } from 'better-sqlite3'

/** Every row of all read-model tables. */
export const contents = (db: Database) => {
  const tables = db
    .prepare<[], string>('SELECT tables FROM read_model ORDER BY name')
    .pluck()
    .all()
    .flatMap((names): string[] => JSON.parse(names))
  return Object.fromEntries(tables.map((table) => [table, db.prepare(`SELECT * FROM ${table} ORDER BY 1`).raw().all()]))
}
