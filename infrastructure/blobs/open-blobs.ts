import { join } from 'node:path'
import { removeUnnamedBlobs } from '../../application/identities/remove-unnamed-blobs.ts'
import type { Needs } from '../../application/needs.ts'
import { blobFiles } from './blob-files.ts'

/** Milliseconds that a file may wait for its event where other nodes write too, or while this one does. */
const patience = 3_600_000

type Place = { readonly BLOB_DIR: string | undefined; readonly DATA_DIR: string }

/** `isShared`: with other nodes. */
export function openBlobs({ BLOB_DIR, DATA_DIR }: Place, isShared: boolean) {
  const { blobs, writtenBefore } = blobFiles(BLOB_DIR ?? join(DATA_DIR, 'blobs'))
  return {
    blobs,
    /** Lists now, before anything is written, and removes later. */
    sweepAtStart: async (needs: Needs<'journal'>) => {
      const found = await writtenBefore(isShared ? patience : 0)
      return () => removeUnnamedBlobs(needs, found)
    },
    sweep: (needs: Needs<'journal'>) => async () => removeUnnamedBlobs(needs, await writtenBefore(patience)),
  }
}
