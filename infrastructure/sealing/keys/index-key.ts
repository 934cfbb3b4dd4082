import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { IndexEmail, IndexFingerprint, IndexNetwork } from '../../../application/ports/blind-index.ts'
import { canonicalEmail } from '../../../domain/account/email-address.ts'
import type { BlindIndex } from '../../../domain/kernel/ids.ts'
import type { DataKeyLog } from './data-key-log.ts'
import { type DoesNotOpen, openSystemKey, readSystemKey, type SystemKey, type SystemKeyNeeds, systemKeys } from './system-key.ts'

type IndexKeyMissing = { readonly type: 'index_key_missing' }

export type IndexKeyFailure = DoesNotOpen | IndexKeyMissing

/** Only an empty log gets one: in any other, no name would be found again. */
const indexKey: SystemKey<IndexKeyMissing> = {
  holder: systemKeys.index,
  missing: { type: 'index_key_missing' },
  isMadeAt: (head) => head === 0,
}

const indexUnder = (key: KeyObject, domain: string) => (canonical: string) =>
  createHmac('sha256', key).update(domain).update(canonical, 'utf8').digest('base64url') as BlindIndex

export type BlindIndexes = {
  readonly indexEmail: IndexEmail
  readonly indexNetwork: IndexNetwork
  readonly indexFingerprint: IndexFingerprint
}

/** A key object, because Node is seven times slower with bytes. */
const indexesUnder = (octets: Buffer): BlindIndexes => {
  const key = createSecretKey(octets)
  const indexAddress = indexUnder(key, 'gatebook blind index of e-mail addresses 1\0')
  return {
    indexEmail: (email) => indexAddress(canonicalEmail(email)),
    indexNetwork: indexUnder(key, 'gatebook blind index of network addresses 1\0'),
    indexFingerprint: indexUnder(key, 'gatebook blind index of fingerprints 1\0'),
  }
}

export function readIndexKey(log: DataKeyLog) {
  return readSystemKey(log, indexKey)
}

/** The first event of an empty log. Opening it proves that the master key belongs to this log. */
export function openIndexKey(needs: SystemKeyNeeds) {
  return pipe(openSystemKey(needs, indexKey), TE.map(indexesUnder))
}
