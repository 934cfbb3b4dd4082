import type { Difference } from '../../projections/refold/difference.ts'

/** `checked`: samples, or rows of either side. `named`: differences that were named, of all. */
export type RefoldResult = { readonly checked: number; readonly differences: number; readonly named: number }

/** In each table. */
const mostNamed = 1_000

/** Passes on so many that they can be read, and counts all. */
export function collectDifferences(onNamed: (difference: Difference) => void) {
  const inTable = new Map<string, number>()
  let named = 0
  const add = (difference: Difference) => {
    const table = 'table' in difference ? difference.table : difference.model
    const before = inTable.get(table) ?? 0
    inTable.set(table, before + 1)
    if (before >= mostNamed) return
    named += 1
    onNamed(difference)
  }
  const counts = () => ({ differences: [...inTable.values()].reduce((sum, count) => sum + count, 0), named })
  return { add, counts }
}
