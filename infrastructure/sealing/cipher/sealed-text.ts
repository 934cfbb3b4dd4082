import type { Purpose } from '../../../application/ports/vault.ts'
import type { Sealed } from '../../../domain/kernel/sealed.ts'
import { decrypt, encrypt } from './aes-gcm.ts'
import { additionalData, fromCanonical } from './encoding.ts'

const version = '1'

export function sealText(key: Buffer, person: string, purpose: Purpose, plain: string) {
  const sealed = encrypt(key, Buffer.from(plain, 'utf8'), additionalData(person, purpose, version))
  return `${person}.${sealed.toString('base64url')}` as Sealed
}

export function personOf(sealed: Sealed) {
  return sealed.slice(0, sealed.indexOf('.'))
}

export function unsealText(key: Buffer, purpose: Purpose, sealed: Sealed): string | null {
  const person = personOf(sealed)
  const octets = fromCanonical(sealed.slice(person.length + 1), 'base64url')
  return octets === null ? null : (decrypt(key, octets, additionalData(person, purpose, version))?.toString('utf8') ?? null)
}
