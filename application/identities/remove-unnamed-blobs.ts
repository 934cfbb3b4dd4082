import { isRight } from 'fp-ts/lib/Either.js'
import type { Needs } from '../needs.ts'
import type { BlobAddress } from '../ports/blobs.ts'
import { findIdentity } from './find-identity.ts'

/** What a crash left between writing and appending, or between appending and removing. What the log cannot be asked about stays. */
export async function removeUnnamedBlobs(needs: Needs<'journal'>, found: readonly BlobAddress[]) {
  for (const blob of found) {
    const named = await findIdentity(needs)(blob.fingerprint)()
    if (isRight(named) && named.right?.identity.blob?.sha256 !== blob.address) await needs.journal.blobs.remove(blob)()
  }
}
