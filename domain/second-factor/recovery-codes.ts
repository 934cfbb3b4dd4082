import type { RecoveryCodeSet } from './events.ts'

/** Numbers count from 1. */
export type Recovery = { readonly set: RecoveryCodeSet; readonly spent: ReadonlySet<number> }

export function fresh(set: RecoveryCodeSet): Recovery {
  return { set, spent: new Set() }
}

export function sizeOf(set: RecoveryCodeSet) {
  return set.scheme === 'single-use' ? set.hashes.length : set.count
}

const mark = ({ spent }: Recovery) => Math.max(0, ...spent) + 1

export function isUsable(recovery: Recovery, number: number) {
  if (!Number.isInteger(number) || number < 1 || number > sizeOf(recovery.set)) return false
  return recovery.set.scheme === 'single-use' ? !recovery.spent.has(number) : number >= mark(recovery)
}

export function spend({ set, spent }: Recovery, number: number): Recovery {
  return { set, spent: new Set([...spent, number]) }
}

/** Nobody knows which of them were used. */
export function spendAll({ set }: Recovery): Recovery {
  return { set, spent: new Set(set.scheme === 'single-use' ? set.hashes.map((_, index) => index + 1) : [set.count]) }
}

export function codesLeft(recovery: Recovery) {
  const size = sizeOf(recovery.set)
  return recovery.set.scheme === 'single-use' ? size - recovery.spent.size : size - mark(recovery) + 1
}

export function endsFactor({ set }: Recovery, number: number) {
  return set.scheme === 'jump-ahead' && number === set.count
}
