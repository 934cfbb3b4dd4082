import type { Database } from 'better-sqlite3'
import { foldHashes, positionIn, tilesIn, tileWidth, writePositions } from './tiles.ts'

type Edge = { number: number; hashes: Uint8Array[]; isChanged: boolean }

/** Adds leaves on the right. Call `reload` after a transaction that was rolled back. */
export function tileWriter(db: Database) {
  const tiles = tilesIn(db)
  const put = db.prepare('INSERT INTO tile VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET hashes = excluded.hashes')
  const putPlace = db.prepare('INSERT INTO place VALUES (?, ?, ?) ON CONFLICT (number) DO UPDATE SET positions = excluded.positions')
  let edges: Edge[] = []
  let positions: number[] = []

  const edgeAt = (level: number, size: number): Edge => {
    const width = Math.floor(size / tileWidth ** level)
    const number = Math.floor(width / tileWidth)
    const bytes = tiles.tile(level, number)
    const hashes = Array.from({ length: width % tileWidth }, (_, index) => bytes.subarray(index * 32, index * 32 + 32))
    return { number, hashes, isChanged: false }
  }
  const reload = () => {
    const size = tiles.size()
    edges = []
    for (let level = 0; tileWidth ** level <= Math.max(size, 1); level++) edges.push(edgeAt(level, size))
    const bytes = tiles.positions(edges[0]?.number ?? 0)
    positions = Array.from({ length: size % tileWidth }, (_, index) => positionIn(bytes, index))
  }
  reload()

  const save = (level: number, { number, hashes }: Edge) => {
    put.run(level, number, Buffer.concat(hashes))
    if (level === 0) putPlace.run(number, positions[0], writePositions(positions))
  }
  const push = (level: number, hash: Uint8Array) => {
    const edge = edges[level] ?? { number: 0, hashes: [], isChanged: false }
    edges[level] = edge
    edge.hashes.push(hash)
    edge.isChanged = true
    if (edge.hashes.length < tileWidth) return
    save(level, edge)
    push(level + 1, foldHashes(Buffer.concat(edge.hashes)))
    if (level === 0) positions = []
    edges[level] = { number: edge.number + 1, hashes: [], isChanged: false }
  }

  return {
    tiles,
    reload,
    add: (position: number, leaf: Uint8Array) => {
      positions.push(position)
      push(0, leaf)
    },
    /** Writes the tiles that are not full. */
    flush: () => {
      for (const [level, edge] of edges.entries()) {
        if (edge.isChanged) save(level, edge)
        edge.isChanged = false
      }
    },
  }
}
