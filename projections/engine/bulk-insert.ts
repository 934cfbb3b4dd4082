import type { Database } from 'better-sqlite3'

const rowsAtOnce = 40

export type Value = number | string | Buffer | null

/** Rows that no handler reads before the batch is over: a statement for many of them costs little more than one for a single row. */
export function bulkInsert(db: Database, table: string, columns: number, verb: 'INSERT' | 'INSERT OR REPLACE' = 'INSERT') {
  const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`
  const one = db.prepare(`${verb} INTO ${table} VALUES ${row}`)
  const many = db.prepare(`${verb} INTO ${table} VALUES ${Array.from({ length: rowsAtOnce }, () => row).join(', ')}`)
  let waiting: Value[] = []

  const write = () => {
    if (waiting.length === rowsAtOnce * columns) many.run(...waiting)
    else for (let i = 0; i < waiting.length; i += columns) one.run(waiting.slice(i, i + columns))
    waiting = []
  }
  const add = (...values: Value[]) => {
    for (const value of values) waiting.push(value)
    if (waiting.length === rowsAtOnce * columns) write()
  }
  const forget = () => {
    waiting = []
  }
  return { add, flush: write, forget }
}
