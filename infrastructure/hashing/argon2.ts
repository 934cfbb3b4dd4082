import { randomBytes } from 'node:crypto'
import { argon2d, argon2i, argon2id, hash, verify } from 'argon2'

export type Argon2Cost = { readonly memoryKiB: number; readonly time: number; readonly parallelism: number }

type Extras = { readonly salt: Buffer; readonly secret: Buffer; readonly associatedData: Buffer }

const options = ({ memoryKiB, time, parallelism }: Argon2Cost) => ({
  type: argon2id as 2,
  memoryCost: memoryKiB,
  timeCost: time,
  parallelism,
  hashLength: 32,
})

/** NFC (RFC 8265): a password typed on another keyboard stays the same, but `²` is not `2`. */
const octets = (password: string) => Buffer.from(password.normalize('NFC'), 'utf8')

/** The salt is drawn here because the package would wait for a thread of the pool. */
export function argon2Hash(password: string, cost: Argon2Cost) {
  return hash(octets(password), { ...options(cost), salt: randomBytes(16) })
}

export function argon2Verify(encoded: string, password: string) {
  return verify(encoded, octets(password))
}

/** For the test vectors of RFC 9106. */
export function argon2Tag(password: Buffer, cost: Argon2Cost, extras: Extras) {
  return hash(password, { ...options(cost), ...extras, raw: true })
}

export type Argon2Variant = 'argon2d' | 'argon2i' | 'argon2id'

export type Argon2Derivation = Argon2Cost & { readonly method: Argon2Variant; readonly version: number; readonly length: number }

const variants = { argon2d, argon2i, argon2id } as const

/** Of a hash that another system made. */
export function argon2Key({ method, version, length, ...cost }: Argon2Derivation, password: Buffer, salt: Buffer): Promise<Buffer> {
  return hash(password, { ...options(cost), type: variants[method] as 2, version, hashLength: length, salt, raw: true })
}
