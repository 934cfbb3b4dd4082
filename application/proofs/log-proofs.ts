import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoreFailure } from '../ports/event-store.ts'

/** `note`: a signed note. `vkey`: what verifies it. */
export type SignedCheckpoint = { readonly size: number; readonly note: string; readonly vkey: string }

/** Which hashes of the tree: of C2SP `tlog-tiles`. */
export type TileAddress = { readonly level: number; readonly number: number; readonly width: number }

/** Each fails with `corrupt` while the log is not the one that was proved. */
export type LogProofs = {
  readonly checkpoint: () => TaskEither<StoreFailure, SignedCheckpoint>
  /** Signs the next checkpoint with a new key, and returns it. What the old key signed stays as it is. */
  readonly rotateKey: (actor: string) => TaskEither<StoreFailure, SignedCheckpoint>
  /** In the format of C2SP `tlog-proof`. Null for a position without an event, and for those of key streams. */
  readonly inclusion: (position: number) => TaskEither<StoreFailure, string | null>
  /** Hashes in base64. Null if the log is not that long. */
  readonly consistency: (older: number, newer: number) => TaskEither<StoreFailure, readonly string[] | null>
  /** Null if the log does not have all of it. */
  readonly tile: (address: TileAddress) => TaskEither<StoreFailure, Uint8Array | null>
}
