import { hashLength, sameHash } from '../../../../../domain/proofs/hashing.ts'
import { hashIn, MissingHashes, placesIn, positionIn, type Tiles, tileWidth } from '../tree/tiles.ts'
import type { Finding } from './finding.ts'

type Mismatch = Extract<Finding, { position: number }> & { readonly index: number }

/** Compares one leaf of the log after another with those that are stored. Keeps one tile in memory. */
export function tileComparison(tiles: Tiles | null) {
  const size = tiles?.size() ?? 0
  let first: Mismatch | null = null
  let number = -1
  let hashes: Buffer = Buffer.alloc(0)
  let positions: Buffer = Buffer.alloc(0)

  const load = (wanted: number) => {
    if (number === wanted || tiles === null) return
    number = wanted
    hashes = tiles.tile(0, number)
    positions = tiles.positions(number)
  }
  const mismatchAt = (index: number, position: number, leaf: Uint8Array): Mismatch | null => {
    load(Math.floor(index / tileWidth))
    const at = index % tileWidth
    if (at >= placesIn(positions)) return { type: 'changed', position, index }
    const stored = positionIn(positions, at)
    if (position !== stored) return position < stored ? { type: 'inserted', position, index } : { type: 'missing', position: stored, index }
    const hash = hashIn(hashes, at)
    return hash.length === hashLength && sameHash(hash, leaf) ? null : { type: 'changed', position, index }
  }
  return {
    size,
    compare: (index: number, position: number, leaf: Uint8Array) => {
      if (first === null && index < size) first = mismatchAt(index, position, leaf)
    },
    first: () => first,
    /** Whether the levels above the leaves lead to this root. */
    leadTo: (root: Uint8Array): boolean => {
      try {
        return tiles === null || sameHash(tiles.hashOf(0, size), root)
      } catch (error) {
        if (error instanceof MissingHashes) return false
        throw error
      }
    },
  }
}

export type TileComparison = ReturnType<typeof tileComparison>
