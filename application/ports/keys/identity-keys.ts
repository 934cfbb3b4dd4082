import type { AccountId, Fingerprint, PublicKey, Sha256, Signature } from '../../../domain/kernel/ids.ts'

export type IdentityKeys = {
  /** SHA-256 of the 32 bytes, hexadecimal. */
  readonly fingerprintOf: (publicKey: PublicKey) => Fingerprint
  /** SHA-256 of the id, hexadecimal: chains are public and name no account. */
  readonly subjectOf: (accountId: AccountId) => Sha256
  /** SHA-256 in hexadecimal. */
  readonly digestOf: (bytes: Uint8Array) => Sha256
  /** Ed25519 (RFC 8032). False for a key that is no point of the curve. */
  readonly verify: (publicKey: PublicKey, payload: Uint8Array, signature: Signature) => boolean
}
