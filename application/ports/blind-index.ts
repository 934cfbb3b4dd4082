import type { BlindIndex } from '../../domain/kernel/ids.ts'

/** HMAC-SHA-256 of the canonical address under a key of its own. */
export type IndexEmail = (canonicalEmail: string) => BlindIndex

export type IndexNetwork = (network: string) => BlindIndex
