import type { TreeHashing } from './hashing.ts'

/** The hash of the leaves from `start` up to `start + 2 ** height`, all of which are in the tree. `start` is a multiple of that. */
export type CompleteSubtree = (height: number, start: number) => Uint8Array

/** Half of it is the larger part of a split: RFC 6962, section 2.1. */
export function largestPowerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

const heightOf = (size: number) => Math.round(Math.log2(size))

const isComplete = (start: number, size: number) => size === 2 ** heightOf(size) && start % size === 0

/** `MTH(D[start:end])` of RFC 6962 for the ranges that proofs name. */
export function rangeHash({ node, empty }: Pick<TreeHashing, 'node' | 'empty'>, subtree: CompleteSubtree) {
  const of = (start: number, end: number): Uint8Array => {
    const size = end - start
    if (size === 0) return empty()
    if (isComplete(start, size)) return subtree(heightOf(size), start)
    const middle = start + largestPowerBelow(size)
    return node(of(start, middle), of(middle, end))
  }
  return of
}

export type RangeHash = ReturnType<typeof rangeHash>
