import type { KeyObject } from 'node:crypto'
import { dirname } from 'node:path'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { forCheckpoints, keyRing, type SigningKeyNeeds } from '../../application/signing-keys.ts'
import { sameHash } from '../../domain/proofs/hashing.ts'
import { ed25519KeyPairs } from '../access-tokens/signing-key.ts'
import { openReadConnection } from '../event-store/sqlite/file/connection.ts'
import { checkpointsIn, type StoredCheckpoint } from '../event-store/sqlite/proofs/tree/checkpoints.ts'
import { logId, logOrigin } from '../event-store/sqlite/proofs/tree/log-origin.ts'
import { openProofsForReading, proofsFile } from '../event-store/sqlite/proofs/tree/proofs-file.ts'
import { type Tiles, tilesIn } from '../event-store/sqlite/proofs/tree/tiles.ts'
import type { TreeFailure } from '../event-store/sqlite/proofs/tree/tree-messages.ts'
import { codeOf } from '../event-store/sqlite/sqlite-error.ts'
import { type KeepTree, keepTree } from './keep-tree.ts'
import { type Checkpoint, checkpointText, readCheckpoint } from './notes/checkpoint.ts'
import { type NoteKey, signNote, verifierKey } from './notes/signed-note.ts'

export type SignedHead = StoredCheckpoint & { readonly vkey: string }

type Options = Omit<KeepTree, 'kind'> & {
  readonly kind: NonNullable<KeepTree['kind']>
  readonly journal: SigningKeyNeeds<KeyObject>['journal']
  readonly crypto: Pick<SigningKeyNeeds<KeyObject>['crypto'], 'vault'>
  /** Under which people know the service. */
  readonly host: string
}

type Opened = {
  readonly tiles: Tiles
  readonly checkpoints: ReturnType<typeof checkpointsIn>
  readonly proofs: ReturnType<typeof openProofsForReading>
  readonly log: ReturnType<typeof openReadConnection>
}

const publicKeyOf = (key: KeyObject) => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')

export type Proofs = ReturnType<typeof openProofs>

/** Opens nothing before the first question or growth. */
export function openProofs({ journal, crypto, host, ...options }: Options) {
  const ring = keyRing({ journal, crypto: { ...crypto, keyPairs: ed25519KeyPairs } }, forCheckpoints)
  const tree = keepTree(options)
  let opened: Opened | null = null
  let isClosed = false

  /** The file is there once the tree has grown. */
  const open = (): Opened => {
    if (opened !== null) return opened
    const proofs = openProofsForReading(proofsFile(dirname(options.file)))
    const log = openReadConnection(options.file, options.kind)
    opened = { tiles: tilesIn(proofs), checkpoints: checkpointsIn(proofs), proofs, log }
    return opened
  }
  const grown = async (): Promise<Either<TreeFailure, Opened & { readonly size: number }>> => {
    const size = await tree.grow()
    if (isLeft(size)) return size
    if (isClosed) return left({ type: 'unavailable', detail: 'the service stops' })
    try {
      return right({ ...open(), size: size.right })
    } catch (error) {
      return left({ type: 'unavailable', detail: `the proofs cannot be read: ${codeOf(error)}` })
    }
  }
  /** A log must never contradict what it signed. */
  const contradicts = ({ tiles, checkpoints, size }: Opened & { readonly size: number }) => {
    const newest = checkpoints.newest()
    const signed = newest && readCheckpoint(newest.note)
    return signed !== undefined && (signed.size > size || !sameHash(tiles.hashOf(0, signed.size), signed.root))
  }
  const sign = (known: Opened, size: number, id: string, key: KeyObject): SignedHead => {
    const noteKey: NoteKey = { name: logOrigin(host, id), publicKey: publicKeyOf(key) }
    const text = checkpointText({ origin: noteKey.name, size, root: known.tiles.hashOf(0, size) })
    return { size, note: signNote(text, noteKey, key), vkey: verifierKey(noteKey) }
  }

  return {
    /** Of everything that was committed before the call. The first one creates the key. */
    checkpoint: async (): Promise<Either<TreeFailure, SignedHead>> => {
      const signer = await ring.current()()
      if (isLeft(signer)) return left({ type: 'unavailable', detail: 'the key of the log cannot be read' })
      const known = await grown()
      if (isLeft(known)) return known
      const id = logId(known.right.log)
      if (id === undefined || known.right.size === 0) return left({ type: 'unavailable', detail: 'the log is empty' })
      if (contradicts(known.right)) return left({ type: 'diverged', detail: 'the proofs contradict the newest checkpoint' })
      const head = sign(known.right, known.right.size, id, signer.right.key)
      const newest = known.right.checkpoints.newest()
      // With the cosignatures that it got since, if nothing was recorded.
      if (newest?.note.startsWith(head.note) === true) return right({ ...head, note: newest.note })
      const saved = await tree.save(head.size, head.note)
      return isLeft(saved) ? saved : right(head)
    },
    /** The newest checkpoint may then be of the old key: verifiers need the new one. */
    rotateKey: async (actor: string): Promise<Either<TreeFailure, void>> => {
      const rotated = await ring.rotate({ overlap: 0, olderThan: null, actor })()
      return isLeft(rotated) ? left({ type: 'unavailable', detail: 'the key of the log cannot be replaced' }) : right(undefined)
    },
    /** Keeps a checkpoint of this log with the signatures of others. */
    saveCosigned: ({ size, note }: StoredCheckpoint) => tree.save(size, note),
    /** Whether this log begins with the one that was signed there. */
    leadsTo: async ({ origin, size, root }: Checkpoint): Promise<boolean> => {
      const known = await grown()
      if (isLeft(known) || size > known.right.size) return false
      return origin === logOrigin(host, logId(known.right.log) ?? '') && sameHash(known.right.tiles.hashOf(0, size), root)
    },
    /** The tiles of what has been committed. */
    tiles: async (): Promise<Either<TreeFailure, { readonly tiles: Tiles; readonly size: number }>> => grown(),
    close: async () => {
      isClosed = true
      // First: whoever closes a file last empties its write-ahead log, which a connection that only reads cannot.
      opened?.proofs.close()
      opened?.log.close()
      opened = null
      await tree.close()
    },
  }
}
