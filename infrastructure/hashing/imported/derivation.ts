import type { ScryptOptions } from 'node:crypto'
import type { Argon2Derivation, Argon2Variant } from '../argon2.ts'

export type Pbkdf2Digest = 'sha1' | 'sha256' | 'sha512'

/** A method with its cost, without salt and password. `length`: bytes of the derived key. */
export type Derivation =
  | { readonly method: 'bcrypt'; readonly rounds: number }
  | { readonly method: 'scrypt'; readonly logN: number; readonly r: number; readonly p: number; readonly length: number }
  | { readonly method: 'pbkdf2'; readonly digest: Pbkdf2Digest; readonly iterations: number; readonly length: number }
  | Argon2Derivation

const argon2Variants = new Set<string>(['argon2d', 'argon2i', 'argon2id'])
const digests = new Set<string>(['sha1', 'sha256', 'sha512'])

export function hashKindOf(derivation: Derivation): string {
  switch (derivation.method) {
    case 'bcrypt':
      return `bcrypt:${derivation.rounds}`
    case 'scrypt': {
      const { logN, r, p, length } = derivation
      return `scrypt:${logN},${r},${p},${length}`
    }
    case 'pbkdf2': {
      const { digest, iterations, length } = derivation
      return `pbkdf2-${digest}:${iterations},${length}`
    }
    default: {
      const { method, version, memoryKiB, time, parallelism, length } = derivation
      return `${method}:${version},${memoryKiB},${time},${parallelism},${length}`
    }
  }
}

/** `null` for a kind that another version of Gatebook may know. */
export function derivationOf(kind: string): Derivation | null {
  const [, method = '', numbers = ''] = /^([a-z0-9-]+):(\d{1,9}(?:,\d{1,9}){0,4})$/.exec(kind) ?? []
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = numbers.split(',').map(Number)
  if (method === 'bcrypt') return { method, rounds: a }
  if (method === 'scrypt') return { method, logN: a, r: b, p: c, length: d }
  if (argon2Variants.has(method)) {
    return { method: method as Argon2Variant, version: a, memoryKiB: b, time: c, parallelism: d, length: e }
  }
  const digest = method.replace(/^pbkdf2-/, '')
  return digests.has(digest) && digest !== method ? { method: 'pbkdf2', digest: digest as Pbkdf2Digest, iterations: a, length: b } : null
}

/** Twice what the key derivation itself needs: N blocks of memory, p blocks of the first stretch. */
export function scryptOptions({ logN, r, p }: Extract<Derivation, { method: 'scrypt' }>): ScryptOptions {
  const N = 2 ** logN
  return { N, r, p, maxmem: 256 * r * (N + p) + 1_048_576 }
}
