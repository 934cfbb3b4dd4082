import type { Pbkdf2Digest } from './derivation.ts'
import { asTyped, type ImportedHash, isDigest, octetsIn, parametersIn } from './imported-hash.ts'

const phc = /^\$pbkdf2-(sha1|sha256|sha512)\$i=([a-z0-9=,]{1,60})\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]+={0,2})$/
const passlib = /^\$pbkdf2(-sha256|-sha512|)\$(\d{1,9})\$([A-Za-z0-9./]+)\$([A-Za-z0-9./]+)$/
const django = /^pbkdf2_(sha1|sha256)\$(\d{1,9})\$([^$]{1,128})\$([A-Za-z0-9+/]+={0,2})$/

const hash = (digest: string, iterations: number, salt: Buffer | null, key: Buffer | null): ImportedHash | null =>
  salt === null || key === null
    ? null
    : {
        derivation: { method: 'pbkdf2', digest: digest as Pbkdf2Digest, iterations, length: key.length },
        salt,
        encode: asTyped,
        accepts: isDigest(key),
      }

/** In the PHC form, in that of passlib, or in that of Django, whose salt is text. */
export function readPbkdf2(text: string): ImportedHash | null {
  const [, digest, parameters = '', salt = '', key = ''] = phc.exec(text) ?? []
  if (digest !== undefined) {
    const { i, l } = parametersIn(`i=${parameters}`) ?? {}
    const octets = octetsIn(key)
    if (i === undefined || (l !== undefined && l !== octets?.length)) return null
    return hash(digest, i, octetsIn(salt), octets)
  }
  const [, named, rounds, dottedSalt = '', dottedKey = ''] = passlib.exec(text) ?? []
  if (rounds !== undefined) {
    const standard = (dotted: string) => octetsIn(dotted.replaceAll('.', '+'))
    return hash(named === '' ? 'sha1' : (named ?? '').slice(1), Number(rounds), standard(dottedSalt), standard(dottedKey))
  }
  const [, djangoDigest, iterations, saltText = '', djangoKey = ''] = django.exec(text) ?? []
  return djangoDigest === undefined ? null : hash(djangoDigest, Number(iterations), Buffer.from(saltText, 'utf8'), octetsIn(djangoKey))
}
