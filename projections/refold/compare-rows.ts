import type { Cell } from './difference.ts'

export type Row = Readonly<Record<string, Cell>>

/** The cells of what names a row. */
export type Key = readonly Cell[]

export type RowPair =
  | { readonly what: 'missing' | 'unexpected'; readonly key: Key }
  | { readonly what: 'both'; readonly key: Key; readonly expected: Row; readonly found: Row }

const rankOf = (cell: Cell) => {
  if (cell === null) return 0
  if (typeof cell === 'bigint' || typeof cell === 'number') return 1
  return typeof cell === 'string' ? 2 : 3
}

const bytesOf = (cell: Cell) => (Buffer.isBuffer(cell) ? cell : Buffer.from(String(cell)))

/** In the order of SQLite: null, numbers, text, bytes. */
export function compareCells(a: Cell, b: Cell): number {
  const rank = rankOf(a) - rankOf(b)
  if (rank !== 0 || a === null || b === null) return rank
  if (rankOf(a) === 1) return a < b ? -1 : a > b ? 1 : 0
  return Buffer.compare(bytesOf(a), bytesOf(b))
}

const compareKeys = (a: Key, b: Key) => a.reduce<number>((order, cell, n) => (order === 0 ? compareCells(cell, b[n] ?? null) : order), 0)

/** Of two sides in the order of `keyColumns`. Neither is held in memory. */
export function* pairRows(expected: Iterator<Row>, found: Iterator<Row>, keyColumns: readonly string[]): Generator<RowPair> {
  let [left, right] = [expected.next(), found.next()]
  while (left.done !== true || right.done !== true) {
    const order = left.done === true ? 1 : right.done === true ? -1 : compareKeys(keyIn(left.value), keyIn(right.value))
    if (order < 0) yield { what: 'missing', key: keyIn(left.value) }
    else if (order > 0) yield { what: 'unexpected', key: keyIn(right.value) }
    else yield { what: 'both', key: keyIn(left.value), expected: left.value, found: right.value }
    if (order <= 0) left = expected.next()
    if (order >= 0) right = found.next()
  }

  function keyIn(row: Row): Key {
    return keyColumns.map((column) => row[column] ?? null)
  }
}
