import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { HashRefused } from '../../../application/ports/hasher.ts'
import { isAffordable, isPossible } from './cost-limits.ts'
import type { ImportedHash } from './imported-hash.ts'
import { readArgon2 } from './read-argon2.ts'
import { readBcrypt } from './read-bcrypt.ts'
import { readPbkdf2 } from './read-pbkdf2.ts'
import { readBetterAuth, readFirebase, readScrypt } from './read-scrypt.ts'

const readers: Readonly<Record<string, (text: string) => ImportedHash | null>> = {
  bcrypt: readBcrypt,
  argon2id: readArgon2,
  argon2i: readArgon2,
  argon2d: readArgon2,
  scrypt: readScrypt,
  'better-auth': readBetterAuth,
  firebase: readFirebase,
  pbkdf2: readPbkdf2,
}

/** Some forms say themselves what they are. */
const methodOf = (text: string) => {
  const [, named] = /^([a-z0-9-]+):/.exec(text) ?? []
  if (named !== undefined) return named
  if (/^\$2[aby]\$/.test(text)) return 'bcrypt'
  if (/^(?:\$pbkdf2(?:-sha\d+)?\$|pbkdf2_)/.test(text)) return 'pbkdf2'
  if (text.startsWith('$firebase-scrypt$')) return 'firebase'
  return /^\$(scrypt|argon2id|argon2i|argon2d)\$/.exec(text)?.[1]
}

/** Longer than any hash of these methods. */
const longest = 1_024

type Read = ImportedHash & { readonly stored: string }

const refused = (reason: HashRefused['reason']) => left<HashRefused>({ type: 'hash_refused', reason })

/** `stored`: `method:HASH`, as it is kept, sealed. */
export function readImportedHash(text: string): Either<HashRefused, Read> {
  const method = text.length > longest ? undefined : methodOf(text)
  const read = method !== undefined && Object.hasOwn(readers, method) ? readers[method] : undefined
  if (method === undefined || read === undefined) return refused('unknown_hash')
  const bare = text.startsWith(`${method}:`) ? text.slice(method.length + 1) : text
  const hash = read(bare)
  if (hash === null || !isPossible(hash.derivation)) return refused('malformed_hash')
  return isAffordable(hash.derivation) ? right({ ...hash, stored: `${method}:${bare}` }) : refused('costly_hash')
}
