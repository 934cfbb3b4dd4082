import { afterAll, describe, expect, test } from 'vitest'
import { isKeyStream } from '../../../domain/kernel/streams.ts'
import { provesConsistency, provesInclusion } from '../../../domain/proofs/check-proofs.ts'
import { growingTree } from '../../../domain/proofs/growing-tree.ts'
import { consistencyProof, inclusionProof } from '../../../domain/proofs/proofs.ts'
import { leafOf } from '../../../infrastructure/event-store/sqlite/proofs/tree/event-entry.ts'
import { Diverged } from '../../../infrastructure/event-store/sqlite/proofs/tree/grow-tree.ts'
import { hashing } from '../../../infrastructure/event-store/sqlite/proofs/tree/hashing.ts'
import { type EventRow, eventColumns } from '../../../infrastructure/event-store/sqlite/reader/event-rows.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { aRow, provedLog } from './proved-log.ts'

const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex')

const proved = provedLog(90_000)
afterAll(() => proved.remove())
const { log, tiles } = proved
const size = tiles.size()
const leaves = log
  .prepare<[], EventRow>(`SELECT ${eventColumns} FROM event ORDER BY position`)
  .raw()
  .all()
  .filter(([, stream]) => !isKeyStream(stream))
  .map((row) => ({ position: row[0], leaf: leafOf(row) }))

describe('the tree of a log', () => {
  test('has a leaf for each event that is in no key stream', () => expect(size).toBe(leaves.length))

  test('has the root of its leaves, for sizes at and beside the edges of tiles', () => {
    const wanted = new Set([1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, size])
    const tree = growingTree(hashing)
    for (const { leaf } of leaves) {
      tree.add(leaf)
      if (wanted.has(tree.size())) expect(hex(tiles.hashOf(0, tree.size()))).toBe(hex(tree.root()))
    }
  })

  test('finds each leaf by its position, and none for other positions', () => {
    const random = seededRandom()
    for (let n = 0; n < 200; n++) {
      const index = random.below(size)
      const position = leaves[index]?.position ?? 0
      expect(tiles.indexOf(position)).toBe(index)
      expect(tiles.position(index)).toBe(position)
    }
    expect(tiles.indexOf(10)).toBeUndefined()
    expect(tiles.indexOf(9)).toBeUndefined()
    expect(tiles.indexOf(90_001)).toBeUndefined()
    expect(tiles.position(size)).toBeUndefined()
  })

  test('proves inclusion and consistency out of its tiles', () => {
    const random = seededRandom()
    for (let n = 0; n < 50; n++) {
      const newer = 1 + random.below(size)
      const [index, older] = [random.below(newer), 1 + random.below(newer)]
      const root = tiles.hashOf(0, newer)
      const leaf = leaves[index]?.leaf ?? new Uint8Array(0)
      expect(provesInclusion(hashing.node, { index, size: newer, leaf, root, proof: inclusionProof(tiles.hashOf, index, newer) })).toBe(
        true,
      )
      const heads = [
        { size: older, root: tiles.hashOf(0, older) },
        { size: newer, root },
      ] as const
      expect(provesConsistency(hashing.node, ...heads, consistencyProof(tiles.hashOf, older, newer))).toBe(true)
    }
  })

  test('is the same however often it stopped on the way', () => {
    const random = seededRandom()
    const other = provedLog(0)
    try {
      for (let position = 1; position <= 3_000; ) {
        const next = position + 1 + random.below(700)
        const rows = Array.from({ length: next - position }, (_, index) => aRow(position + index))
        other.add(rows.filter(([at]) => at % 10 !== 0))
        other.grow(position + random.below(next - position + 1))
        position = next
        if (random.chance(0.3)) other.reopen()
      }
      const grown = other.grow()
      expect(hex(other.tiles.hashOf(0, grown))).toBe(hex(tiles.hashOf(0, grown)))
    } finally {
      other.remove()
    }
  })
})

describe('a log that is not the one of the tree', () => {
  const changes = {
    'whose last event is gone': 'DELETE FROM event WHERE position = (SELECT max(position) FROM event)',
    'whose last event was changed': "UPDATE event SET actor = 'somebody' WHERE position = (SELECT max(position) FROM event)",
    'that is empty': 'DELETE FROM event',
  }
  test.each(Object.entries(changes))('%s adds nothing', (_, change) => {
    const other = provedLog(299)
    try {
      const before = other.tiles.size()
      other.log.exec(change)
      other.add([aRow(301)])
      expect(() => other.grow()).toThrow(Diverged)
      expect(other.tiles.size()).toBe(before)
    } finally {
      other.remove()
    }
  })
})
