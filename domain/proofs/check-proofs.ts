import { sameHash, type TreeHashing } from './hashing.ts'

type Node = TreeHashing['node']

const isEven = (n: number) => n % 2 === 0
const half = (n: number) => Math.floor(n / 2)

export type Inclusion = {
  readonly index: number
  readonly size: number
  readonly leaf: Uint8Array
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** RFC 9162, section 2.1.3.2. */
export function provesInclusion(node: Node, { index, size, leaf, root, proof }: Inclusion): boolean {
  if (index >= size) return false
  let [at, last, hash] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return false
    if (isEven(at) && at !== last) hash = node(hash, sibling)
    else {
      hash = node(sibling, hash)
      while (isEven(at) && at !== 0) [at, last] = [half(at), half(last)]
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && sameHash(hash, root)
}

export type Head = { readonly size: number; readonly root: Uint8Array }

const isPowerOfTwo = (n: number) => 2 ** Math.round(Math.log2(n)) === n

/** Both roots that the proof leads to. Undefined if it is too long or too short. */
const rootsOf = (node: Node, older: Head, newerSize: number, proof: readonly Uint8Array[]) => {
  const [first, ...rest] = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof
  if (first === undefined) return undefined
  let [at, last] = [older.size - 1, newerSize - 1]
  while (!isEven(at)) [at, last] = [half(at), half(last)]
  let [before, after] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return undefined
    if (!isEven(at) || at === last) {
      before = node(sibling, before)
      after = node(sibling, after)
      while (isEven(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else after = node(after, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 ? { before, after } : undefined
}

/** RFC 9162, section 2.1.4.2. Anything is consistent with an empty tree. */
export function provesConsistency(node: Node, older: Head, newer: Head, proof: readonly Uint8Array[]): boolean {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && sameHash(older.root, newer.root)
  if (older.size === 0) return proof.length === 0
  const roots = rootsOf(node, older, newer.size, proof)
  return roots !== undefined && sameHash(roots.before, older.root) && sameHash(roots.after, newer.root)
}
