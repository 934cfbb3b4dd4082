import { createCipheriv, timingSafeEqual } from 'node:crypto'
import type { Derivation } from './derivation.ts'
import { asTyped, type ImportedHash, isDigest, octetsIn, parametersIn } from './imported-hash.ts'

const phc = /^\$scrypt\$([a-z0-9=,]{1,60})\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]+={0,2})$/

export function readScrypt(text: string): ImportedHash | null {
  const [, parameters = '', salt = '', digest = ''] = phc.exec(text) ?? []
  const { ln, r, p } = parametersIn(parameters) ?? {}
  const [saltOctets, digestOctets] = [octetsIn(salt), octetsIn(digest)]
  if (ln === undefined || r === undefined || p === undefined || saltOctets === null || digestOctets === null) return null
  const derivation: Derivation = { method: 'scrypt', logN: ln, r, p, length: digestOctets.length }
  return { derivation, salt: saltOctets, encode: asTyped, accepts: isDigest(digestOctets) }
}

const betterAuth = /^([0-9a-f]{16,128}):([0-9a-f]{128})$/
const betterAuthCost: Derivation = { method: 'scrypt', logN: 14, r: 16, p: 1, length: 64 }

/** The salt is the text of its hexadecimal digits, and the password is hashed in NFKC. */
export function readBetterAuth(text: string): ImportedHash | null {
  const [, salt, key] = betterAuth.exec(text) ?? []
  if (salt === undefined || key === undefined) return null
  return {
    derivation: betterAuthCost,
    salt: Buffer.from(salt, 'utf8'),
    encode: (password) => Buffer.from(password.normalize('NFKC'), 'utf8'),
    accepts: isDigest(Buffer.from(key, 'hex')),
  }
}

const firebase = /^\$firebase-scrypt\$([a-z0-9=,]{1,60})\$([\w+/-]+={0,2})\$([\w+/-]*={0,2})\$([\w+/-]+={0,2})\$([\w+/-]+={0,2})$/

/** The derived key encrypts the signer key of the project, and the digest is that ciphertext. */
const signs = (signerKey: Buffer, digest: Buffer) => (derived: Buffer) => {
  const cipher = createCipheriv('aes-256-ctr', derived.subarray(0, 32), Buffer.alloc(16))
  const signed = Buffer.concat([cipher.update(signerKey), cipher.final()])
  return signed.length === digest.length && timingSafeEqual(signed, digest)
}

/** `$firebase-scrypt$ln=14,r=8$SALT$SEPARATOR$SIGNER_KEY$HASH`: `ln` is `mem_cost` there, and `r` is `rounds`. */
export function readFirebase(text: string): ImportedHash | null {
  const [, parameters = '', ...rest] = firebase.exec(text) ?? []
  const { ln, r } = parametersIn(parameters) ?? {}
  const [salt, separator, signerKey, digest] = rest.map(octetsIn)
  if (ln === undefined || r === undefined || !salt || !separator || !signerKey || !digest || digest.length < 16) return null
  return {
    derivation: { method: 'scrypt', logN: ln, r, p: 1, length: 64 },
    salt: Buffer.concat([salt, separator]),
    encode: asTyped,
    accepts: signs(signerKey, digest),
  }
}
