import type { Command } from '../../../domain/identity/decider.ts'
import type { Fingerprint, PublicKey, Signature } from '../../../domain/kernel/ids.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { accountId } from './ids.ts'

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
