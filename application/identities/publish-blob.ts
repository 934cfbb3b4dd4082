import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { signedPayload } from '../../domain/identity/signed-payload.ts'
import { keyAt } from '../../domain/identity/state.ts'
import type { AccountId, Fingerprint, Signature } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { findIdentity } from './find-identity.ts'

/** `replaces`: the version that the signature follows, 0 for none. */
type Publication = {
  readonly accountId: AccountId
  readonly fingerprint: Fingerprint
  readonly replaces: number
  readonly bytes: Uint8Array
  readonly signature: Signature
}

type BlobNeeds = Needs<'journal' | 'crypto' | 'policy'>

/** After these nothing was appended. After a failure of the store it may have been, so the bytes stay until the next start looks. */
const refusals: readonly string[] = ['blob_outdated', 'key_outdated', 'no_such_identity']

const verified = (needs: BlobNeeds, { accountId, fingerprint, replaces, bytes, signature }: Publication) => {
  const { journal, crypto, policy } = needs
  return pipe(
    findIdentity(needs)(fingerprint),
    TE.filterOrElseW(
      (found) => found?.account.type === 'active' && found.account.accountId === accountId,
      () => ({ type: 'no_such_identity' as const }),
    ),
    TE.chainW(TE.fromNullable({ type: 'no_such_identity' as const })),
    TE.filterOrElseW(
      ({ identity }) => (identity.blob?.version ?? 0) === replaces,
      () => ({ type: 'blob_outdated' as const }),
    ),
    TE.chainW(({ identity }) => {
      const key = keyAt(identity, journal.now())
      const origin = policy.origin()
      const sha256 = crypto.identityKeys.digestOf(bytes)
      const payload = signedPayload({ purpose: 'blob', origin, fingerprint, version: replaces + 1, sha256 })
      const isRight = crypto.identityKeys.verify(key.publicKey, payload, signature)
      return isRight ? TE.right({ by: key.sequence, origin }) : TE.left({ type: 'invalid_credentials' as const })
    }),
  )
}

const write = ({ journal, crypto }: BlobNeeds, { accountId, fingerprint, bytes, signature }: Publication) =>
  pipe(
    TE.Do,
    TE.bindW('signature', () => crypto.vault.seal(accountId, 'blob_signature', signature)),
    TE.bindW('sealed', () => crypto.vault.seal(accountId, 'blob', Buffer.from(bytes).toString('base64url'))),
    TE.bindW('written', ({ sealed }) => journal.blobs.write(fingerprint, sealed)),
    TE.mapLeft((failure) => (failure.type === 'key_shredded' ? { type: 'no_such_identity' as const } : failure)),
  )

/** The bytes are on the disk before the log names them, and those of the version before are removed after it no longer does. Returns the version. */
export const publishBlob = (needs: BlobNeeds) => (publication: Publication, caller: Caller) => {
  const { journal } = needs
  const { accountId, fingerprint, replaces, bytes } = publication
  return pipe(
    verified(needs, publication),
    TE.bindW('kept', () => write(needs, publication)),
    TE.chainW(({ by, origin, kept: { signature, written } }) => {
      const content = { sha256: written.address, size: bytes.length, origin, signature }
      const command = { type: 'publishBlob' as const, accountId, by, replaces, ...content, at: journal.now() }
      return pipe(
        journal.decide(streams.identity(fingerprint), command, metadataOf(caller, accountId)),
        TE.orElseFirstTaskK((failure) => (refusals.includes(failure.type) ? journal.blobs.remove(written) : TE.right(undefined))),
      )
    }),
    TE.chainFirstTaskK(({ events }) => {
      const address = events.find((event) => event.type === 'BlobPublished')?.data.replaced ?? null
      return address === null ? TE.right(undefined) : journal.blobs.remove({ fingerprint, address })
    }),
    TE.map(() => replaces + 1),
  )
}
