import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Fingerprint, Sha256 } from '../../domain/kernel/ids.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import type { StoreFailure } from './event-store.ts'

type NotKept = Extract<StoreFailure, { readonly type: 'unavailable' }>

/** `address`: SHA-256 of the sealed bytes. Sealing draws a nonce, so no two writes share an address and each can be removed by itself. */
export type BlobAddress = { readonly fingerprint: Fingerprint; readonly address: Sha256 }

export type Blobs = {
  /** Durable once it returns. */
  readonly write: (fingerprint: Fingerprint, sealed: Sealed) => TaskEither<NotKept, BlobAddress>
  /** Null if the bytes are not here, or are not what the address says. */
  readonly read: (blob: BlobAddress) => TaskEither<NotKept, Sealed | null>
  /** Nothing happens if the bytes are not here. */
  readonly remove: (blob: BlobAddress) => TaskEither<NotKept, void>
  readonly removeAll: (fingerprint: Fingerprint) => TaskEither<NotKept, void>
}
