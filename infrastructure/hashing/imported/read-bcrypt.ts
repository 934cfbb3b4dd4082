import { fromBcryptBase64 } from './bcrypt-base64.ts'
import { asTyped, type ImportedHash, isDigest } from './imported-hash.ts'

const shape = /^\$2[aby]\$(\d\d)\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/

/** `$2x$` is left out: the bug that it stands for makes different passwords equal. `$2a$` and `$2y$` are `$2b$` for passwords below 255 bytes. */
export function readBcrypt(text: string): ImportedHash | null {
  const [, rounds, salt, digest] = shape.exec(text) ?? []
  if (rounds === undefined || salt === undefined || digest === undefined) return null
  return {
    derivation: { method: 'bcrypt', rounds: Number(rounds) },
    salt: fromBcryptBase64(salt),
    encode: asTyped,
    accepts: isDigest(Buffer.from(digest)),
  }
}
