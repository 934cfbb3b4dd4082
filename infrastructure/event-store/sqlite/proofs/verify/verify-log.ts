import type { Database } from 'better-sqlite3'
import { growingTree } from '../../../../../domain/proofs/growing-tree.ts'
import { isErased } from '../../../erase-payload.ts'
import { type EventRow, eventColumns } from '../../reader/event-rows.ts'
import { leafOf } from '../tree/event-entry.ts'
import { hashing } from '../tree/hashing.ts'
import { inTree } from '../tree/in-tree.ts'
import type { Tiles } from '../tree/tiles.ts'
import { type HeadComparison, headComparison } from './compare-heads.ts'
import { type TileComparison, tileComparison } from './compare-tiles.ts'
import type { Finding, KnownHead } from './finding.ts'

export type Verification = {
  readonly events: number
  /** Of the last event. */
  readonly position: number
  readonly root: Uint8Array
  /** Events whose payload was erased; they have the leaf of their original. */
  readonly erased: number
  readonly finding: Finding | null
}

type Options = {
  readonly tiles: Tiles | null
  readonly heads: readonly KnownHead[]
  readonly onProgress?: (done: number, total: number) => void
}

const page = 512

/** Reads each page when it is asked for, so no transaction keeps the write-ahead log of a server. */
function* rowsOf(log: Database): Generator<readonly EventRow[]> {
  const after = log
    .prepare<[number], EventRow>(
      `SELECT ${eventColumns} FROM event WHERE position > CAST(? AS INTEGER) AND ${inTree} ORDER BY position LIMIT ${page}`,
    )
    .raw()
  for (let rows = after.all(0); rows.length > 0; rows = after.all(rows.at(-1)?.[0] ?? 0)) yield rows
}

/** A root that was signed decides whether the log or the tiles are wrong. */
const findingOf = (tiles: TileComparison, heads: HeadComparison, events: number, position: number): Finding | null => {
  const mismatch = tiles.first()
  if (mismatch !== null) {
    const { index, ...finding } = mismatch
    return index < heads.fitting().size ? { type: 'tiles', position: finding.position } : finding
  }
  const expected = Math.max(tiles.size, heads.largest())
  const wrong = heads.wrong()
  if (wrong !== null) return { type: 'rewritten', after: wrong.after, through: wrong.through, checkpoint: wrong.head.name }
  if (expected > events) {
    return { type: 'cut', after: tiles.size > events ? position : heads.fitting().position, end: position, events, expected }
  }
  return null
}

/** Reads the log once and keeps one page of it. Throws what SQLite throws. */
export function verifyProofs(log: Database, { tiles, heads, onProgress = () => {} }: Options): Verification {
  const total = Number(log.prepare('SELECT count(*) FROM event').pluck().get())
  const stored = tileComparison(tiles)
  const known = headComparison(heads)
  const tree = growingTree(hashing)
  let [position, erased, areTilesWhole] = [0, 0, true]
  const checkSize = () => {
    known.reached(tree.size(), position, tree.root)
    if (tree.size() === stored.size && stored.first() === null) areTilesWhole = stored.leadTo(tree.root())
  }
  checkSize()
  for (const rows of rowsOf(log)) {
    for (const row of rows) {
      const leaf = leafOf(row)
      position = row[0]
      if (isErased({ type: row[4] })) erased++
      stored.compare(tree.size(), position, leaf)
      tree.add(leaf)
      checkSize()
    }
    onProgress(tree.size(), total)
  }
  const finding = findingOf(stored, known, tree.size(), position) ?? (areTilesWhole ? null : { type: 'tiles', position: null })
  return { events: tree.size(), position, root: tree.root(), erased, finding }
}
