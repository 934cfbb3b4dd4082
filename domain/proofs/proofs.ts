import { largestPowerBelow, type RangeHash } from './ranges.ts'

/** RFC 6962, section 2.1.1, from the sibling of the leaf upwards. `index` is below `size`. */
export function inclusionProof(hashOf: RangeHash, index: number, size: number): readonly Uint8Array[] {
  const path = (start: number, end: number): Uint8Array[] => {
    if (end - start === 1) return []
    const middle = start + largestPowerBelow(end - start)
    return index < middle ? [...path(start, middle), hashOf(middle, end)] : [...path(middle, end), hashOf(start, middle)]
  }
  return path(0, size)
}

/** RFC 6962, section 2.1.2. Empty for an empty older tree and for one of the same size. */
export function consistencyProof(hashOf: RangeHash, older: number, newer: number): readonly Uint8Array[] {
  const path = (start: number, end: number, isOlderRoot: boolean): Uint8Array[] => {
    if (older === end) return isOlderRoot ? [] : [hashOf(start, end)]
    const middle = start + largestPowerBelow(end - start)
    return older <= middle
      ? [...path(start, middle, isOlderRoot), hashOf(middle, end)]
      : [...path(middle, end, false), hashOf(start, middle)]
  }
  return older === 0 || older === newer ? [] : path(0, newer, true)
}
