import { type Argon2Cost, argon2Hash, argon2Verify } from '../argon2.ts'
import { parseStoredHash, storedHash } from '../stored-hash.ts'
import { readRecipe, type readWeakHash, type WeakRecipe, weakDigest } from './weak-hash.ts'

const shape = /^wrapped:([^$]{3,400}):(\$argon2id\$.*)$/

type Wrapped = { readonly recipe: WeakRecipe; readonly encoded: string }

export function readWrapped(stored: string): Wrapped | null {
  const [, text = '', encoded = ''] = shape.exec(stored) ?? []
  const [recipe, parsed] = [readRecipe(text), parseStoredHash(storedHash(encoded))]
  return recipe === null || parsed === null ? null : { recipe, encoded: parsed.encoded }
}

/** The bare hash is never stored: it could be broken by trying billions a second. */
export async function wrap({ recipe, digest }: NonNullable<ReturnType<typeof readWeakHash>>, cost: Argon2Cost) {
  return `wrapped:${recipe}:${await argon2Hash(digest, cost)}`
}

export function verifyWrapped({ recipe, encoded }: Wrapped, password: string) {
  return argon2Verify(encoded, weakDigest(recipe, password))
}
