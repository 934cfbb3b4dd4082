import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { publicKeyOf } from '../../domain/identity/state.ts'
import type { AccountId, Fingerprint, PublicKey, Signature } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { existingAccount } from '../accounts/find-account.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import { findIdentity } from './find-identity.ts'

/** `publicKey`: of the key that signed, which may have been replaced since. */
export type PublishedBlob = {
  readonly version: number
  /** Null if this node does not have them: another one does, or a backup of the log was restored without them. */
  readonly bytes: Uint8Array | null
  readonly signature: Signature
  readonly publicKey: PublicKey
  readonly origin: string
  readonly publishedAt: Instant
}

type Absent = { readonly type: 'no_such_identity' }

/** Bytes that are replaced between the two reads are gone; what replaced them is not. */
const mostReads = 3

/** What the log names now. Fails as if there were none once its identity is retired or its account disabled or erased. */
export const readBlob =
  (needs: Needs<'journal' | 'crypto'>, reads = mostReads) =>
  (fingerprint: Fingerprint): TE.TaskEither<StoreFailure | Absent, PublishedBlob> => {
    const { journal, crypto } = needs
    const absent: Absent = { type: 'no_such_identity' }
    return pipe(
      findIdentity(needs)(fingerprint),
      TE.map((found) => (found?.account.type === 'active' ? found.identity : null)),
      TE.chainW(TE.fromNullable(absent)),
      TE.bindTo('identity'),
      TE.bindW('blob', ({ identity }) => TE.fromNullable(absent)(identity.blob)),
      TE.bindW('sealed', ({ blob }) => journal.blobs.read({ fingerprint, address: blob.sha256 })),
      TE.chainW(({ identity, blob, sealed }) => {
        if (sealed === null && reads > 1) return readBlob(needs, reads - 1)(fingerprint)
        const { version, keySequence, origin, publishedAt } = blob
        return pipe(
          TE.Do,
          TE.bindW('text', () => (sealed === null ? TE.right(null) : crypto.vault.unseal('blob', sealed))),
          TE.bindW('signature', () => crypto.vault.unseal('blob_signature', blob.signature)),
          TE.bimap(
            (failure) => (failure.type === 'key_shredded' ? absent : failure),
            ({ text, signature }) => {
              const bytes = text === null ? null : Buffer.from(text, 'base64url')
              const publicKey = publicKeyOf(identity, keySequence)
              return { version, bytes, signature: signature as Signature, publicKey, origin, publishedAt }
            },
          ),
        )
      }),
    )
  }

/** Of each key of the account that has one. */
export const blobsOf = (needs: Needs<'journal' | 'crypto'>) => (accountId: AccountId) =>
  pipe(
    existingAccount(needs)(accountId),
    TE.chainW(({ identities }) =>
      TE.traverseSeqArray((fingerprint: Fingerprint) =>
        pipe(
          readBlob(needs)(fingerprint),
          TE.map((blob) => [{ fingerprint, ...blob }]),
          TE.orElseW((failure) => (failure.type === 'no_such_identity' ? TE.right([]) : TE.left(failure))),
        ),
      )([...identities.keys()]),
    ),
    TE.map((found) => found.flat()),
  )
