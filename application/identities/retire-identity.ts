import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Fingerprint } from '../../domain/kernel/ids.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { Metadata } from '../ports/event-store.ts'

/** After its account has let go of it, which is what ends it. Nothing can be published any more, so whatever bytes there are can go. */
export const retireIdentity =
  ({ journal }: Needs<'journal'>, because: 'unlinked' | 'account_erased', metadata: Metadata) =>
  (fingerprint: Fingerprint) =>
    pipe(
      journal.decide(streams.identity(fingerprint), { type: 'retire', because, at: journal.now() }, metadata),
      TE.chainFirstW(() => journal.blobs.removeAll(fingerprint)),
    )
