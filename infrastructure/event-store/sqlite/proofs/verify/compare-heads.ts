import { sameHash } from '../../../../../domain/proofs/hashing.ts'
import type { KnownHead } from './finding.ts'

/** Compares the root with each head when the tree has its size. `heads` may come in any order. */
export function headComparison(heads: readonly KnownHead[]) {
  const due = heads.toSorted((a, b) => a.size - b.size)
  let at = 0
  let fitting = { size: 0, position: 0 }
  let wrong: { readonly head: KnownHead; readonly after: number; readonly through: number } | null = null
  return {
    /** `root` is asked for only where a head has this size. */
    reached: (size: number, position: number, root: () => Uint8Array) => {
      for (let head = due[at]; head !== undefined && head.size <= size; head = due[++at]) {
        if (sameHash(head.root, root())) fitting = { size, position }
        else wrong ??= { head, after: fitting.position, through: position }
      }
    },
    fitting: () => fitting,
    wrong: () => wrong,
    /** Of a size that the log does not have. */
    beyond: () => due[at] ?? null,
    largest: () => due.at(-1)?.size ?? 0,
  }
}

export type HeadComparison = ReturnType<typeof headComparison>
