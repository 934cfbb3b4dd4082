import type { Database } from 'better-sqlite3'

const namesRemembered = 200_000

export function internedNames(db: Database, table: string) {
  const numbers = new Map<string, number>()
  const find = db.prepare<[string], number>(`SELECT number FROM ${table} WHERE name = ?`).pluck()
  const add = db.prepare(`INSERT INTO ${table} (name) VALUES (?)`)

  const numberOf = (name: string): number => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    const number = find.get(name) ?? Number(add.run(name).lastInsertRowid)
    if (numbers.size >= namesRemembered) numbers.clear()
    numbers.set(name, number)
    return number
  }
  return { numberOf, clear: () => numbers.clear() }
}
