import type { Database } from 'better-sqlite3'

type Column = { readonly name: string; readonly type: string; readonly pk: number }

export const corruptions = ['flip', 'delete', 'insert'] as const

const other = (cell: unknown, type: string, seed: number): unknown => {
  if (type === 'BLOB') {
    const bytes = Buffer.isBuffer(cell) && cell.length > 0 ? Buffer.from(cell) : Buffer.alloc(16)
    bytes[seed % bytes.length] = (bytes[seed % bytes.length] ?? 0) ^ (1 << (seed % 8))
    return bytes
  }
  return type === 'INTEGER' ? Number(cell ?? 0) + 1 + (seed % 5) : `${String(cell ?? '')}x`
}

/** Changes one cell, deletes one row, or inserts another one like it. Undefined if the table is empty. */
export const tamper = (db: Database, table: string, how: (typeof corruptions)[number], seed: number) => {
  const columns = db.prepare<[], Column>(`SELECT name, type, pk FROM pragma_table_info('${table}')`).all()
  const rows = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY 1`).all()
  const row = rows[seed % Math.max(rows.length, 1)]
  const keys = columns.filter(({ pk }) => pk > 0)
  if (row === undefined || keys.length === 0) return undefined
  const isIt = keys.map(({ name }) => `${name} IS ?`).join(' AND ')
  const keyOfRow = keys.map(({ name }) => row[name])
  if (how === 'delete') {
    db.prepare(`DELETE FROM ${table} WHERE ${isIt}`).run(keyOfRow)
    return { isKey: false, column: undefined }
  }
  const isUnique = ({ name, pk }: Column) => pk > 0 || name === 'id' || table.startsWith('audit_names')
  if (how === 'insert') {
    const fresh = (column: Column) => {
      const taken = rows.map((other) => other[column.name])
      return column.type === 'INTEGER'
        ? Math.max(...taken.map(Number)) + 1 + (seed % 9)
        : column.type === 'TEXT'
          ? `new ${seed}`
          : Buffer.from(`new ${seed}`)
    }
    const values = columns.map((column) => (isUnique(column) ? fresh(column) : row[column.name]))
    db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`).run(values)
    return { isKey: false, column: undefined }
  }
  const column = columns[seed % columns.length] as Column
  const value =
    isUnique(column) && column.type === 'INTEGER'
      ? Math.max(...rows.map((other) => Number(other[column.name]))) + 1
      : other(row[column.name], column.type, seed)
  db.prepare(`UPDATE ${table} SET ${column.name} = ? WHERE ${isIt}`).run(value, ...keyOfRow)
  return { isKey: isUnique(column), column: column.name }
}
