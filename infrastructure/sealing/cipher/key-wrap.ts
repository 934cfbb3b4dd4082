import { hkdfSync } from 'node:crypto'
import { decrypt, encrypt } from './aes-gcm.ts'
import { additionalData, fromCanonical } from './encoding.ts'

export type KeyWrap = {
  /** base64url(nonce || ciphertext || tag) */
  readonly wrap: (person: string, key: Buffer) => string
  /** `null` for another master key or person, or if damaged. */
  readonly unwrap: (person: string, wrapped: string) => Buffer | null
}

const context = (person: string) => additionalData('gatebook data key', person, '1')

/** HKDF-SHA-256 derives a key for this purpose only. */
export function keyWrap(masterKey: Buffer): KeyWrap {
  const wrapping = Buffer.from(hkdfSync('sha256', masterKey, '', 'gatebook wrapping of data keys 1', 32))
  return {
    wrap: (person, key) => encrypt(wrapping, key, context(person)).toString('base64url'),
    unwrap: (person, wrapped) => {
      const sealed = fromCanonical(wrapped, 'base64url')
      return sealed === null ? null : decrypt(wrapping, sealed, context(person))
    },
  }
}
