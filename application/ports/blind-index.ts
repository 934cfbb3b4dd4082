import type { EmailAddress } from '../../domain/account/email-address.ts'
import type { BlindIndex, Fingerprint } from '../../domain/kernel/ids.ts'

/** HMAC-SHA-256 of the canonical form of the address, under a key of its own. */
export type IndexEmail = (email: EmailAddress) => BlindIndex

export type IndexNetwork = (network: string) => BlindIndex

export type IndexFingerprint = (fingerprint: Fingerprint) => BlindIndex
