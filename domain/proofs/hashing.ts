/** SHA-256. The domain has no hash function of its own. */
export type Digest = (bytes: Uint8Array) => Uint8Array

export const hashLength = 32

const leafPrefix = 0
const nodePrefix = 1

/** RFC 6962, section 2.1: the two prefixes keep a leaf from being taken for a node. */
export function treeHashing(digest: Digest) {
  return {
    leaf: (entry: Uint8Array): Uint8Array => {
      const bytes = new Uint8Array(1 + entry.length)
      bytes[0] = leafPrefix
      bytes.set(entry, 1)
      return digest(bytes)
    },
    node: (left: Uint8Array, right: Uint8Array): Uint8Array => {
      const bytes = new Uint8Array(1 + 2 * hashLength)
      bytes[0] = nodePrefix
      bytes.set(left, 1)
      bytes.set(right, 1 + hashLength)
      return digest(bytes)
    },
    empty: (): Uint8Array => digest(new Uint8Array(0)),
  }
}

export type TreeHashing = ReturnType<typeof treeHashing>

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
