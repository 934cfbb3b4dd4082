import type { Database } from 'better-sqlite3'
import { hashLength, sameHash } from '../../../../../domain/proofs/hashing.ts'
import { type EventRow, eventColumns } from '../../reader/event-rows.ts'
import { leafOf } from './event-entry.ts'
import { inTree } from './in-tree.ts'
import { tileWriter } from './tile-writer.ts'
import { hashIn, tileWidth } from './tiles.ts'

/** The log does not have what the tree was made from. */
export class Diverged extends Error {}

const page = 1_024

/** `log`: a connection to the log or to this node's copy of it. `proofs`: the one that writes. */
export function treeGrower(log: Database, proofs: Database) {
  const writer = tileWriter(proofs)
  const { tiles } = writer
  const at = log.prepare<[number], EventRow>(`SELECT ${eventColumns} FROM event WHERE position = ?`).raw()
  const after = log
    .prepare<[number, number], EventRow>(
      `SELECT ${eventColumns} FROM event WHERE position > CAST(? AS INTEGER) AND position <= CAST(? AS INTEGER) AND ${inTree} ORDER BY position LIMIT ${page}`,
    )
    .raw()

  const lastLeaf = () => {
    const size = tiles.size()
    if (size === 0) return { size, position: 0, hash: null }
    const index = size - 1
    const hash = hashIn(tiles.tile(0, Math.floor(index / tileWidth)), index % tileWidth)
    return { size, position: tiles.position(index) ?? 0, hash }
  }
  const refuseAnotherLog = () => {
    const { position, hash } = lastLeaf()
    if (hash === null) return 0
    const row = at.get(position)
    if (hash.length !== hashLength || row === undefined || !sameHash(leafOf(row), hash)) {
      throw new Diverged(`the event at position ${position} is not the one that is in the proofs`)
    }
    return position
  }
  // One view of the log, so that what is added follows on the leaf that was compared.
  const rowsAfterTree = log.transaction((through: number) => after.all(refuseAnotherLog(), through))
  const addRows = proofs.transaction((rows: readonly EventRow[]) => {
    for (const row of rows) writer.add(row[0], leafOf(row))
    writer.flush()
  })
  return {
    tiles,
    /** One page of what the log has up to position `through`. */
    grow: (through: number): { readonly size: number; readonly isBehind: boolean } => {
      const rows = rowsAfterTree(through)
      try {
        addRows.immediate(rows)
      } catch (error) {
        writer.reload()
        throw error
      }
      return { size: tiles.size(), isBehind: rows.length === page }
    },
  }
}
