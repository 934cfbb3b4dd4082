import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { provesConsistency, provesInclusion } from '../../../domain/proofs/check-proofs.ts'
import { growingTree } from '../../../domain/proofs/growing-tree.ts'
import { consistencyProof, inclusionProof } from '../../../domain/proofs/proofs.ts'
import { hashesOf, hashing, hex } from './support.ts'

/** Of the reference implementation of Certificate Transparency. */
const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const leafOf = (n: number) => hashing.leaf(Buffer.from(`entry ${n}`))
const many = Array.from({ length: 700 }, (_, n) => leafOf(n))
const hashOf = hashesOf(many)
const rootOf = (size: number) => hashOf(0, size)

const sizes = fc.integer({ min: 1, max: many.length })
const pairs = fc.tuple(sizes, sizes).map(([a, b]) => ({ less: Math.min(a, b), more: Math.max(a, b) }))

const flipped = (hash: Uint8Array, bit: number) => {
  const copy = Uint8Array.from(hash)
  const at = Math.floor(bit / 8) % copy.length
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8))
  return copy
}
const flippedIn = (proof: readonly Uint8Array[], bit: number) => {
  const at = Math.floor(bit / 256) % proof.length
  return proof.map((hash, index) => (index === at ? flipped(hash, bit % 256) : hash))
}
const bits = fc.nat({ max: 256 * 12 - 1 })

describe('the tree', () => {
  test('has the roots of the reference implementation', () => {
    const leaves = entries.map((entry) => hashing.leaf(Buffer.from(entry, 'hex')))
    const growing = growingTree(hashing)
    for (const [size, root] of roots.entries()) {
      expect(hex(hashesOf(leaves)(0, size))).toBe(root)
      expect(hex(growing.root())).toBe(root)
      growing.add(leaves[size] ?? new Uint8Array(32))
    }
  })

  test('grows to the root of its definition', () => {
    const growing = growingTree(hashing)
    for (const [index, leaf] of many.entries()) {
      growing.add(leaf)
      expect(growing.size()).toBe(index + 1)
      expect(hex(growing.root())).toBe(hex(rootOf(index + 1)))
    }
  })
})

describe('a proof of inclusion', () => {
  const included = pairs.map(({ less, more }) => ({ index: less - 1, size: more }))
  const facts = (index: number, size: number) => ({ index, size, leaf: many[index] ?? new Uint8Array(32), root: rootOf(size) })

  test('verifies for every leaf of every size', () => {
    fc.assert(
      fc.property(included, ({ index, size }) => {
        const proof = inclusionProof(hashOf, index, size)
        expect(provesInclusion(hashing.node, { ...facts(index, size), proof })).toBe(true)
      }),
    )
  })

  test('fails with any flipped bit, another leaf, index or size', () => {
    fc.assert(
      fc.property(included, bits, ({ index, size }, bit) => {
        const proof = inclusionProof(hashOf, index, size)
        const fits = (changed: object) => provesInclusion(hashing.node, { ...facts(index, size), proof, ...changed })
        if (proof.length > 0) expect(fits({ proof: flippedIn(proof, bit) })).toBe(false)
        expect(fits({ leaf: flipped(many[index] ?? new Uint8Array(32), bit) })).toBe(false)
        expect(fits({ root: flipped(rootOf(size), bit) })).toBe(false)
        expect(fits({ proof: [...proof, rootOf(1)] })).toBe(false)
        expect(fits({ index: size })).toBe(false)
        if (size > 1) expect(fits({ index: (index + 1) % size })).toBe(false)
      }),
    )
  })
})

describe('a proof of consistency', () => {
  const heads = (less: number, more: number) =>
    [
      { size: less, root: rootOf(less) },
      { size: more, root: rootOf(more) },
    ] as const

  test('verifies for every two sizes', () => {
    fc.assert(
      fc.property(pairs, ({ less, more }) => {
        expect(provesConsistency(hashing.node, ...heads(less, more), consistencyProof(hashOf, less, more))).toBe(true)
      }),
    )
  })

  test('fails with any flipped bit of the proof or of a root', () => {
    fc.assert(
      fc.property(pairs, bits, ({ less, more }, bit) => {
        const proof = consistencyProof(hashOf, less, more)
        const [older, newer] = heads(less, more)
        if (proof.length > 0) expect(provesConsistency(hashing.node, older, newer, flippedIn(proof, bit))).toBe(false)
        expect(provesConsistency(hashing.node, { ...older, root: flipped(older.root, bit) }, newer, proof)).toBe(false)
        expect(provesConsistency(hashing.node, older, { ...newer, root: flipped(newer.root, bit) }, proof)).toBe(false)
        expect(provesConsistency(hashing.node, older, newer, [...proof, older.root])).toBe(false)
        if (proof.length > 0) expect(provesConsistency(hashing.node, older, newer, proof.slice(1))).toBe(false)
      }),
    )
  })

  test('is empty from an empty tree, and never leads back', () => {
    expect(consistencyProof(hashOf, 0, 700)).toEqual([])
    expect(provesConsistency(hashing.node, { size: 0, root: hashing.empty() }, { size: 700, root: rootOf(700) }, [])).toBe(true)
    expect(provesConsistency(hashing.node, { size: 700, root: rootOf(700) }, { size: 699, root: rootOf(699) }, [])).toBe(false)
  })
})
