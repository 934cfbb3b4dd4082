import { createHash } from 'node:crypto'
import { octetsIn } from './imported-hash.ts'

const lengths = { md5: 16, sha1: 20, sha256: 32, sha512: 64 } as const

type Algorithm = keyof typeof lengths

/** How one round over the password and a salt was made. `recipe` is how it is written down; the digest is not in it. */
export type WeakRecipe = {
  readonly recipe: string
  readonly algorithm: Algorithm
  readonly position: 'salt-before' | 'salt-after' | null
  readonly salt: Buffer
}

const recipeShape = /^(md5|sha1|sha256|sha512)(?::(salt-before|salt-after):([A-Za-z0-9+/_-]{1,256}={0,2}))?$/

export function readRecipe(recipe: string): WeakRecipe | null {
  const [, algorithm, position = null, base64 = ''] = recipeShape.exec(recipe) ?? []
  const salt = octetsIn(base64)
  if (algorithm === undefined || salt === null) return null
  return { recipe, algorithm: algorithm as Algorithm, position: position as WeakRecipe['position'], salt }
}

/** `md5:HEX`, or with a salt `md5:salt-before:BASE64:HEX`. */
export function readWeakHash(text: string): (WeakRecipe & { readonly digest: string }) | null {
  const cut = text.lastIndexOf(':')
  const read = readRecipe(text.slice(0, cut))
  const digest = text.slice(cut + 1).toLowerCase()
  return read === null || !/^[0-9a-f]+$/.test(digest) || digest.length !== lengths[read.algorithm] * 2 ? null : { ...read, digest }
}

export function weakDigest({ algorithm, position, salt }: WeakRecipe, password: string) {
  const hash = createHash(algorithm)
  if (position === 'salt-before') hash.update(salt)
  hash.update(password, 'utf8')
  if (position === 'salt-after') hash.update(salt)
  return hash.digest('hex')
}
