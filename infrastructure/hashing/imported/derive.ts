import { pbkdf2, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { hash as bcrypt } from 'bcrypt'
import { argon2Key } from '../argon2.ts'
import { toBcryptBase64 } from './bcrypt-base64.ts'
import { type Derivation, scryptOptions } from './derivation.ts'

const [pbkdf2InPool, scryptInPool] = [
  promisify(pbkdf2),
  promisify<Buffer, Buffer, number, ReturnType<typeof scryptOptions>, Buffer>(scrypt),
]

/** Each in a thread of the pool. The salt of bcrypt is its 16 bytes, and what is derived are the 31 characters of its digest. */
export async function derive(derivation: Derivation, password: Buffer, salt: Buffer): Promise<Buffer> {
  switch (derivation.method) {
    case 'bcrypt': {
      const settings = `$2b$${String(derivation.rounds).padStart(2, '0')}$${toBcryptBase64(salt)}`
      return Buffer.from((await bcrypt(password, settings)).slice(-31))
    }
    case 'scrypt':
      return scryptInPool(password, salt, derivation.length, scryptOptions(derivation))
    case 'pbkdf2':
      return pbkdf2InPool(password, salt, derivation.iterations, derivation.length, derivation.digest)
    default:
      return argon2Key(derivation, password, salt)
  }
}

/** The same work for nobody. */
export async function deriveForNobody(derivation: Derivation, password: Buffer): Promise<void> {
  await derive(derivation, password, randomBytes(16))
}
