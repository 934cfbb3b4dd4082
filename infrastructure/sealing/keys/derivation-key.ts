import { createHmac, createSecretKey, hkdfSync } from 'node:crypto'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Derive } from '../../../application/ports/tokens.ts'
import { additionalData } from '../cipher/additional-data.ts'
import { type DoesNotOpen, openSystemKey, type SystemKey, type SystemKeyNeeds, systemKeys } from './system-key.ts'

type DerivationKeyMissing = { readonly type: 'derivation_key_missing' }

export type DerivationKeyFailure = DoesNotOpen | DerivationKeyMissing

/** A log of an earlier version has none and is given one; one that was deleted is never replaced: every derived secret would be another. */
const derivationKey: SystemKey<DerivationKeyMissing> = {
  holder: systemKeys.derivation,
  missing: { type: 'derivation_key_missing' },
  isMadeAt: () => true,
}

/** HMAC-SHA-256, 32 bytes. Lone surrogates would all become the same octets and are refused. */
const deriveUnder = (key: Buffer): Derive => {
  const own = createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'gatebook derived secrets 1', 32)))
  return (purpose, ...parts) => {
    if (!parts.every((part) => part.isWellFormed())) throw new TypeError('Parts of a derived secret are well-formed text')
    return createHmac('sha256', own)
      .update(additionalData(purpose, ...parts))
      .digest()
  }
}

/** Opens the key of derived secrets, and makes it where there never was one. To be called after `openIndexKey`, which has the first event of all. */
export function openDerive(needs: SystemKeyNeeds) {
  return pipe(openSystemKey(needs, derivationKey), TE.map(deriveUnder))
}
