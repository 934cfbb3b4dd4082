import type { Fingerprint } from '../../domain/kernel/ids.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { Metadata } from '../ports/event-store.ts'

/** After its account has let go of it, which is what ends it. */
export const retireIdentity =
  ({ journal }: Needs<'journal'>, because: 'unlinked' | 'account_erased', metadata: Metadata) =>
  (fingerprint: Fingerprint) =>
    journal.decide(streams.identity(fingerprint), { type: 'retire', because, at: journal.now() }, metadata)
