import type { RecoveryCodeSet } from './events.ts'

/** A set and what was spent of it; numbers count from 1. */
export type Recovery = { readonly set: RecoveryCodeSet; readonly spent: ReadonlySet<number> }

export const fresh = (set: RecoveryCodeSet): Recovery => ({ set, spent: new Set() })

export const sizeOf = (set: RecoveryCodeSet) => (set.scheme === 'single-use' ? set.hashes.length : set.count)

/** Jump-ahead: the lowest number that is still good. */
const mark = ({ spent }: Recovery) => Math.max(0, ...spent) + 1

export const isUsable = (recovery: Recovery, number: number) => {
  if (!Number.isInteger(number) || number < 1 || number > sizeOf(recovery.set)) return false
  return recovery.set.scheme === 'single-use' ? !recovery.spent.has(number) : number >= mark(recovery)
}

export const spend = ({ set, spent }: Recovery, number: number): Recovery => ({ set, spent: new Set([...spent, number]) })

export const codesLeft = (recovery: Recovery) => {
  const size = sizeOf(recovery.set)
  return recovery.set.scheme === 'single-use' ? size - recovery.spent.size : size - mark(recovery) + 1
}

/** The last code of a jump-ahead set turns the second factor off; of single-use codes one simply has none left. */
export const endsFactor = ({ set }: Recovery, number: number) => set.scheme === 'jump-ahead' && number === set.count
