import type { Command } from '../../../domain/identity/decider.ts'
import type { Fingerprint, PublicKey, Sha256, Signature } from '../../../domain/kernel/ids.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { accountId, sealed } from './ids.ts'

export const publicKey = (n: number) => `key-${n}-`.padEnd(42, '0').concat('A') as PublicKey
export const fingerprint = (n: number) => n.toString(16).padStart(64, '0') as Fingerprint
export const signature = 'signature'.padEnd(85, '0').concat('A') as Signature
export const origin = 'https://login.example.org'

export const introduction = { accountId: accountId(1), publicKey: publicKey(0), origin, link: null, signature }

export const introduce = (at: Instant): Command => ({ type: 'introduce', ...introduction, at })

/** By the first key. */
export const propose = (sequence: number, at: Instant): Command => ({
  type: 'proposeRotation',
  by: 0,
  sequence,
  newPublicKey: publicKey(sequence),
  origin,
  oldSignature: signature,
  newSignature: signature,
  at,
})

export const cancel = (sequence: number, at: Instant): Command => ({ type: 'cancelRotation', by: 0, sequence, signature, at })

export const address = (n: number) => n.toString(16).padStart(64, 'a') as Sha256

/** By the first key. */
export const blob = (version: number) => {
  return { version, sha256: address(version), size: 3, keySequence: 0, origin, signature: sealed(`signature-${version}`) }
}

/** By the first key, in the place of the version before. */
export const publish = (version: number, at: Instant, by = 0): Command => {
  const { version: _, keySequence: __, ...content } = blob(version)
  return { type: 'publishBlob', accountId: accountId(1), by, replaces: version - 1, ...content, at }
}
