/** How many tokens with the same first 48 bits there is room for. Two are rare beyond words, seventeen will not be seen. */
export const slotsInBucket = 16

/**
 * Where a token's row stands: 48 bits of its hash, times the slots of a bucket. An integer key makes the tree low and the search quick;
 * whoever looks compares the whole hash with what is found there. Below 2^53, so that JavaScript counts it exactly.
 */
export function bucketOf(hash: Buffer) {
  return hash.readUIntBE(0, 6) * slotsInBucket
}
