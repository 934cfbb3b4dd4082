import type { Database } from 'better-sqlite3'

const rowsPerStatement = 40

type Value = number | string | null

/** For rows that nobody reads before `flush`. Forty rows in a statement cost little more than one. */
export function bulkInsert(db: Database, table: string, columns: number) {
  const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`
  const one = db.prepare(`INSERT INTO ${table} VALUES ${row}`)
  const many = db.prepare(`INSERT INTO ${table} VALUES ${Array.from({ length: rowsPerStatement }, () => row).join(', ')}`)
  let pending: Value[] = []

  const flush = () => {
    if (pending.length === rowsPerStatement * columns) many.run(...pending)
    else for (let i = 0; i < pending.length; i += columns) one.run(pending.slice(i, i + columns))
    pending = []
  }
  const add = (values: readonly Value[]) => {
    for (const value of values) pending.push(value)
    if (pending.length === rowsPerStatement * columns) flush()
  }
  const clear = () => {
    pending = []
  }
  return { add, flush, clear }
}
