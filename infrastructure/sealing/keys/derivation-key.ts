import { createHmac, createSecretKey, hkdfSync } from 'node:crypto'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Derive } from '../../../application/ports/tokens.ts'
import { additionalData } from '../cipher/encoding.ts'
import { type DoesNotOpen, openSystemKey, type SystemKey, type SystemKeyNeeds, systemKeys } from './system-key.ts'

type DerivationKeyMissing = { readonly type: 'derivation_key_missing' }

export type DerivationKeyFailure = DoesNotOpen | DerivationKeyMissing

/** Never replaced once deleted: every derived secret would change. */
const derivationKey: SystemKey<DerivationKeyMissing> = {
  holder: systemKeys.derivation,
  missing: { type: 'derivation_key_missing' },
  isMadeAt: () => true,
}

/** HMAC-SHA-256, 32 bytes. Refuses lone surrogates, which would all become the same bytes. */
const deriveUnder = (key: Buffer): Derive => {
  const own = createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'gatebook derived secrets 1', 32)))
  return (purpose, ...parts) => {
    if (!parts.every((part) => part.isWellFormed())) throw new TypeError('Parts of a derived secret are well-formed text')
    return createHmac('sha256', own)
      .update(additionalData(purpose, ...parts))
      .digest()
  }
}

/** Call it after `openIndexKey`, which has the first event of the log. */
export function openDerive(needs: SystemKeyNeeds) {
  return pipe(openSystemKey(needs, derivationKey), TE.map(deriveUnder))
}
