import { createHash } from 'node:crypto'
import { treeHashing } from '../../../domain/proofs/hashing.ts'
import { rangeHash } from '../../../domain/proofs/ranges.ts'

export const hashing = treeHashing((bytes) => createHash('sha256').update(bytes).digest())

/** By the definition in the RFC, from the leaves. */
export const hashesOf = (leaves: readonly Uint8Array[]) => {
  const known = new Map<string, Uint8Array>()
  const computed = (height: number, start: number): Uint8Array => {
    if (height === 0) return leaves[start] ?? new Uint8Array(0)
    const half = 2 ** (height - 1)
    return hashing.node(complete(height - 1, start), complete(height - 1, start + half))
  }
  const complete = (height: number, start: number): Uint8Array => {
    const hash = known.get(`${height} ${start}`) ?? computed(height, start)
    known.set(`${height} ${start}`, hash)
    return hash
  }
  return rangeHash(hashing, complete)
}

export const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex')
