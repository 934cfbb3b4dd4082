import type { Argon2Variant } from '../argon2.ts'
import { asTyped, type ImportedHash, isDigest, octetsIn, parametersIn } from './imported-hash.ts'

const shape = /^\$(argon2(?:id|i|d))\$(?:v=(\d{1,3})\$)?([a-z0-9=,]{1,60})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** Without `v` it is the first version. */
export function readArgon2(text: string): ImportedHash | null {
  const [, method, version = '16', parameters = '', salt, digest] = shape.exec(text) ?? []
  if (method === undefined || salt === undefined || digest === undefined) return null
  const { m, t, p } = parametersIn(parameters) ?? {}
  const [saltOctets, digestOctets] = [octetsIn(salt), octetsIn(digest)]
  if (m === undefined || t === undefined || p === undefined || saltOctets === null || digestOctets === null) return null
  if (saltOctets.length < 8) return null
  return {
    derivation: {
      method: method as Argon2Variant,
      version: Number(version),
      memoryKiB: m,
      time: t,
      parallelism: p,
      length: digestOctets.length,
    },
    salt: saltOctets,
    encode: asTyped,
    accepts: isDigest(digestOctets),
  }
}
