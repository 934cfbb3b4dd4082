import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { StoreFailure } from '../../application/ports/event-store.ts'
import type { LogProofs } from '../../application/proofs/log-proofs.ts'
import { hashLength } from '../../domain/proofs/hashing.ts'
import { consistencyProof, inclusionProof } from '../../domain/proofs/proofs.ts'
import type { Tiles } from '../event-store/sqlite/proofs/tree/tiles.ts'
import type { TreeFailure } from '../event-store/sqlite/proofs/tree/tree-messages.ts'
import type { Proofs } from './open-proofs.ts'

const base64 = (hash: Uint8Array) => Buffer.from(hash).toString('base64')

const storeFailure = ({ type, detail }: TreeFailure): StoreFailure => ({ type: type === 'diverged' ? 'corrupt' : 'unavailable', detail })

/** C2SP `tlog-proof`. */
const proofText = (index: number, hashes: readonly Uint8Array[], note: string) =>
  ['c2sp.org/tlog-proof@v1', `index ${index}`, ...hashes.map(base64), '', note].join('\n')

export function serveProofs({ checkpoint, rotateKey, tiles }: Pick<Proofs, 'checkpoint' | 'rotateKey' | 'tiles'>): LogProofs {
  const onTree =
    <A>(work: (tiles: Tiles, size: number) => A) =>
    async (): Promise<Either<StoreFailure, A>> => {
      const tree = await tiles()
      return isLeft(tree) ? left(storeFailure(tree.left)) : right(work(tree.right.tiles, tree.right.size))
    }
  const signed = async () => {
    const head = await checkpoint()
    return isLeft(head) ? left(storeFailure(head.left)) : head
  }
  return {
    checkpoint: () => signed,
    rotateKey: (actor) => async () => {
      const rotated = await rotateKey(actor)
      return isLeft(rotated) ? left(storeFailure(rotated.left)) : signed()
    },
    inclusion: (position) => async () => {
      const head = await signed()
      if (isLeft(head)) return head
      const { size, note } = head.right
      return onTree(({ indexOf, hashOf }) => {
        const index = indexOf(position)
        return index === undefined || index >= size ? null : proofText(index, inclusionProof(hashOf, index, size), note)
      })()
    },
    consistency: (older, newer) =>
      onTree(({ hashOf }, size) => (older > newer || newer > size ? null : consistencyProof(hashOf, older, newer).map(base64))),
    tile: ({ level, number, width }) =>
      onTree(({ tile }) => {
        const hashes = tile(level, number)
        return hashes.length < width * hashLength ? null : hashes.subarray(0, width * hashLength)
      }),
  }
}
