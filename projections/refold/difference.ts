import { createHash } from 'node:crypto'

/** As SQLite gives it, with whole numbers in full. */
export type Cell = bigint | number | string | Buffer | null

/**
 * What a read model says and the log does not. `expected` is what follows from the log; text and bytes are shown as a hash, `key` as it is:
 * an id, a position, a day, or the keyed hash of an address. `version` and `position` are of a whole read model, which was not compared.
 */
export type Difference =
  | ({ readonly what: 'different'; readonly table: string; readonly key: string; readonly column: string } & Shown)
  | { readonly what: 'missing' | 'unexpected'; readonly table: string; readonly key: string }
  | ({ readonly what: 'version' | 'position'; readonly model: string } & Shown)

type Shown = { readonly expected: string; readonly found: string }

const idLength = 16

const uuidOf = (hex: string) => [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')

export function keyText(cell: Cell): string {
  if (!Buffer.isBuffer(cell)) return String(cell)
  const hex = cell.toString('hex')
  return cell.length === idLength ? uuidOf(hex) : hex
}

/** Enough to tell two values apart, and to find nothing of what they are. */
export function cellText(cell: Cell): string {
  if (typeof cell !== 'string' && !Buffer.isBuffer(cell)) return String(cell)
  return `sha256:${createHash('sha256').update(cell).digest('hex').slice(0, 12)}`
}
