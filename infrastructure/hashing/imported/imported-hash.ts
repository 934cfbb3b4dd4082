import { timingSafeEqual } from 'node:crypto'
import type { Derivation } from './derivation.ts'

/** `accepts` compares what was derived from the password, in constant time. */
export type ImportedHash = {
  readonly derivation: Derivation
  readonly salt: Buffer
  readonly encode: (password: string) => Buffer
  readonly accepts: (derived: Buffer) => boolean
}

/** Without normalization: the former system hashed what was typed. */
export function asTyped(password: string) {
  return Buffer.from(password, 'utf8')
}

export function isDigest(digest: Buffer): ImportedHash['accepts'] {
  return (derived) => derived.length === digest.length && timingSafeEqual(derived, digest)
}

/** Base64 in the alphabet of MIME or of URLs, padded or not; `null` for anything else. */
export function octetsIn(base64: string): Buffer | null {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(base64)) return null
  const octets = Buffer.from(base64, 'base64')
  return octets.toString('base64url').length === base64.replaceAll('=', '').length ? octets : null
}

/** For `name=number` pairs between commas. */
export function parametersIn(text: string): Readonly<Record<string, number>> | null {
  const pairs = text.split(',').map((pair) => /^([a-z]{1,3})=(\d{1,9})$/.exec(pair))
  return pairs.every((pair) => pair !== null) ? Object.fromEntries(pairs.map(([, name, number]) => [name, Number(number)])) : null
}
