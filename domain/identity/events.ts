import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId, Fingerprint, PublicKey, Sha256, Signature, TokenHash } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'

/** What a key that joins an account signed beside its own name. `subject`: SHA-256 of the account id, so that a chain names nobody. */
const Link = t.union([t.strict({ subject: Sha256, challenge: t.string }), t.null])

/** A key proved that somebody has it, and is the account's for good. `link`: null for an account that begins with this key. */
export const IdentityIntroduced = defineEvent('IdentityIntroduced', 1, {
  accountId: AccountId,
  publicKey: PublicKey,
  origin: t.string,
  link: Link,
  signature: Signature,
  at: Instant,
})

/** In the stream of a key that follows another one, so that no other identity gets it. `fingerprint`: of its identity. */
export const KeyClaimed = defineEvent('KeyClaimed', 1, { accountId: AccountId, fingerprint: Fingerprint, at: Instant })

export const ProofPurpose = t.keyof({ login: null, elevation: null, erasure: null, email_change: null })
export type ProofPurpose = t.TypeOf<typeof ProofPurpose>

/** A challenge was signed, and can be used no more. `keySequence`: 0 for the first key, and that of its rotation for a later one. */
export const KeyProved = defineEvent('KeyProved', 1, {
  accountId: AccountId,
  purpose: ProofPurpose,
  challengeHash: TokenHash,
  issuedAt: Instant,
  keySequence: t.number,
  at: Instant,
})

const proposal = {
  sequence: t.number,
  newPublicKey: PublicKey,
  origin: t.string,
  oldSignature: Signature,
  newSignature: Signature,
  deadline: Instant,
}

/** At the deadline the new key takes the place of the old one, whether or not that is recorded. `sequence` counts cancelled proposals too. */
export const KeyRotationProposed = defineEvent('KeyRotationProposed', 1, { accountId: AccountId, ...proposal, at: Instant })

export const KeyRotationCancelled = defineEvent('KeyRotationCancelled', 1, {
  accountId: AccountId,
  sequence: t.number,
  signature: Signature,
  at: Instant,
})

/** Recorded by whatever comes first after the deadline. Sessions of earlier keys ended at `effectiveAt`. */
export const KeyRotationCompleted = defineEvent('KeyRotationCompleted', 1, {
  accountId: AccountId,
  sequence: t.number,
  effectiveAt: Instant,
  at: Instant,
})

const blob = {
  version: t.number,
  sha256: Sha256,
  size: t.number,
  keySequence: t.number,
  origin: t.string,
  signature: Sealed,
}

/**
 * `sha256`: of the sealed bytes, which is their address outside of the log. A hash of the bytes themselves, or their signature in the clear,
 * would let anybody test guesses after an erasure. `size`: of the bytes. `replaced`: the address of the version before.
 */
export const BlobPublished = defineEvent('BlobPublished', 1, {
  accountId: AccountId,
  ...blob,
  replaced: t.union([Sha256, t.null]),
  at: Instant,
})

/** The key can be used no more, by nobody. */
export const IdentityRetired = defineEvent('IdentityRetired', 1, {
  accountId: AccountId,
  because: t.keyof({ unlinked: null, account_erased: null }),
  at: Instant,
})

const Rotation = t.strict({ ...proposal, proposedAt: Instant })

/** The state of an identity that is in use, so that reading can start here. */
export const IdentitySummarized = defineEvent('IdentitySummarized', 1, {
  accountId: AccountId,
  genesis: t.strict({ publicKey: PublicKey, origin: t.string, link: Link, signature: Signature, introducedAt: Instant }),
  rotations: t.array(Rotation),
  pending: t.union([Rotation, t.null]),
  proposals: t.number,
  usedChallenges: t.array(t.strict({ challengeHash: TokenHash, issuedAt: Instant })),
  voidThrough: t.union([Instant, t.null]),
  blob: t.union([t.strict({ ...blob, publishedAt: Instant }), t.null]),
  at: Instant,
})

export const identityEvents = [
  IdentityIntroduced,
  KeyClaimed,
  KeyProved,
  KeyRotationProposed,
  KeyRotationCancelled,
  KeyRotationCompleted,
  BlobPublished,
  IdentityRetired,
  IdentitySummarized,
] as const

export type IdentityEvent = EventOf<(typeof identityEvents)[number]>
