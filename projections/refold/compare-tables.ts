import type { Database } from 'better-sqlite3'
import { compareCells, pairRows, type Row } from './compare-rows.ts'
import { cellText, type Difference, keyText } from './difference.ts'

type Column = { readonly name: string; readonly pk: number }

const columnsOf = (db: Database, table: string) => db.prepare<[], Column>(`SELECT name, pk FROM pragma_table_info('${table}')`).all()

/** What names a row: the id where there is one, or else the primary key. Numbers are given out in the order of the log, so they are compared. */
const keyOf = (columns: readonly Column[]): readonly string[] => {
  const id = columns.filter(({ name }) => name === 'id')
  const primary = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk)
  const key = id.length > 0 ? id : primary
  if (key.length === 0) throw new Error('a table of a read model has neither an id nor a primary key')
  return key.map(({ name }) => name)
}

function* differentCells(table: string, key: string, columns: readonly string[], expected: Row, found: Row): Generator<Difference> {
  for (const column of columns) {
    const [should = null, is = null] = [expected[column], found[column]]
    if (compareCells(should, is) === 0) continue
    yield { what: 'different', table, key, column, expected: cellText(should), found: cellText(is) }
  }
}

/** Compares the columns that `expected` has. Undefined is no row. */
export function differencesInRow(table: string, key: string, expected: Row | undefined, found: Row | undefined): readonly Difference[] {
  if (expected === undefined) return found === undefined ? [] : [{ what: 'unexpected', table, key }]
  if (found === undefined) return [{ what: 'missing', table, key }]
  return [...differentCells(table, key, Object.keys(expected), expected, found)]
}

/** Row by row. `onRow` is called for each row of either. */
export function* compareTables(expected: Database, found: Database, table: string, onRow: () => void): Generator<Difference> {
  const columns = columnsOf(expected, table)
  const keyColumns = keyOf(columns)
  const rows = (db: Database) =>
    db
      .prepare<[], Row>(`SELECT * FROM ${table} ORDER BY ${keyColumns.join(', ')}`)
      .safeIntegers()
      .iterate()
  const names = columns.map(({ name }) => name)
  for (const pair of pairRows(rows(expected), rows(found), keyColumns)) {
    onRow()
    const key = pair.key.map(keyText).join('/')
    if (pair.what === 'both') yield* differentCells(table, key, names, pair.expected, pair.found)
    else yield { what: pair.what, table, key }
  }
}
