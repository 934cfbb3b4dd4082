import type { TreeHashing } from './hashing.ts'

/** The root of a tree that leaves are added to, from one hash for each level: its memory does not depend on the number of leaves. */
export function growingTree({ node, empty }: Pick<TreeHashing, 'node' | 'empty'>) {
  /** At each level the complete subtree that has no right neighbor yet. */
  const edge: (Uint8Array | undefined)[] = []
  let size = 0
  return {
    size: () => size,
    add: (leaf: Uint8Array) => {
      let hash = leaf
      let level = 0
      for (let left = edge[level]; left !== undefined; left = edge[++level]) {
        hash = node(left, hash)
        edge[level] = undefined
      }
      edge[level] = hash
      size++
    },
    root: (): Uint8Array => {
      const parts = edge.filter((hash) => hash !== undefined)
      const [smallest, ...larger] = parts
      return smallest === undefined ? empty() : larger.reduce((right, left) => node(left, right), smallest)
    },
  }
}
