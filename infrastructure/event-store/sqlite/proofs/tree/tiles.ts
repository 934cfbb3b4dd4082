import type { Database } from 'better-sqlite3'
import { hashLength } from '../../../../../domain/proofs/hashing.ts'
import { rangeHash } from '../../../../../domain/proofs/ranges.ts'
import { hashing } from './hashing.ts'

/** C2SP `tlog-tiles`: a tile holds the hashes of eight levels of the tree. */
const tileHeight = 8
export const tileWidth = 2 ** tileHeight
const bytesOfPosition = 8

export function hashIn(tile: Buffer, index: number): Buffer {
  return tile.subarray(index * hashLength, (index + 1) * hashLength)
}

export function placesIn(positions: Buffer): number {
  return Math.floor(positions.length / bytesOfPosition)
}

export function positionIn(positions: Buffer, index: number): number {
  return positions.readDoubleLE(index * bytesOfPosition)
}

export function writePositions(positions: readonly number[]): Buffer {
  const bytes = Buffer.alloc(positions.length * bytesOfPosition)
  for (const [index, position] of positions.entries()) bytes.writeDoubleLE(position, index * bytesOfPosition)
  return bytes
}

export class MissingHashes extends Error {}

/** The root of the subtree over consecutive hashes, whose number is a power of two. */
export function foldHashes(hashes: Buffer): Buffer {
  let level = hashes
  while (level.length > hashLength) {
    const above = Buffer.allocUnsafe(level.length / 2)
    for (let at = 0; at < level.length; at += 2 * hashLength) {
      above.set(hashing.node(level.subarray(at, at + hashLength), level.subarray(at + hashLength, at + 2 * hashLength)), at / 2)
    }
    level = above
  }
  return level
}

/** Throws what SQLite throws. */
export function tilesIn(db: Database) {
  const hashesOf = db.prepare<[number, number], Buffer>('SELECT hashes FROM tile WHERE level = ? AND number = ?').pluck()
  const last = db.prepare<[], [number: number, positions: Buffer]>('SELECT number, positions FROM place ORDER BY number DESC LIMIT 1').raw()
  const positionsOf = db.prepare<[number], Buffer>('SELECT positions FROM place WHERE number = ?').pluck()
  const placeOf = db
    .prepare<[number], [number: number, positions: Buffer]>(
      'SELECT number, positions FROM place WHERE first <= CAST(? AS INTEGER) ORDER BY first DESC LIMIT 1',
    )
    .raw()

  const tile = (level: number, number: number): Buffer => hashesOf.get(level, number) ?? Buffer.alloc(0)
  const complete = (height: number, start: number) => {
    const level = Math.floor(height / tileHeight)
    const first = start / tileWidth ** level
    const offset = first % tileWidth
    const width = 2 ** (height % tileHeight)
    const hashes = tile(level, Math.floor(first / tileWidth)).subarray(offset * hashLength, (offset + width) * hashLength)
    if (hashes.length !== width * hashLength) throw new MissingHashes(`the tiles lack hashes of level ${level}`)
    return foldHashes(hashes)
  }
  const size = () => {
    const place = last.get()
    return place === undefined ? 0 : place[0] * tileWidth + placesIn(place[1])
  }
  return {
    tile,
    size,
    /** Of the leaves of a tile of level 0. */
    positions: (number: number): Buffer => positionsOf.get(number) ?? Buffer.alloc(0),
    position: (index: number): number | undefined => {
      const positions = positionsOf.get(Math.floor(index / tileWidth))
      const at = index % tileWidth
      return positions !== undefined && at < placesIn(positions) ? positionIn(positions, at) : undefined
    },
    /** Undefined for a position without a leaf. */
    indexOf: (position: number): number | undefined => {
      const [number = 0, positions = Buffer.alloc(0)] = placeOf.get(position) ?? []
      for (let at = 0; at < placesIn(positions); at++) {
        if (positionIn(positions, at) === position) return number * tileWidth + at
      }
      return undefined
    },
    hashOf: rangeHash(hashing, complete),
  }
}

export type Tiles = ReturnType<typeof tilesIn>
