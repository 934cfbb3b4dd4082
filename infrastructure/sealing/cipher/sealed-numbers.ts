import type { SealedNumbers } from '../../../application/ports/sealed-numbers.ts'
import type { Derive } from '../../../application/ports/tokens.ts'
import { decrypt, encrypt } from './aes-gcm.ts'
import { additionalData, fromCanonical } from './encoding.ts'

export function sealedNumbers(derive: Derive): SealedNumbers {
  const key = Buffer.from(derive('sealed_number'))
  return {
    seal: (purpose, number) => {
      const plain = Buffer.alloc(8)
      plain.writeBigUInt64BE(BigInt(number))
      return encrypt(key, plain, additionalData(purpose)).toString('base64url')
    },
    open: (purpose, text) => {
      const sealed = fromCanonical(text, 'base64url')
      const plain = sealed === null ? null : decrypt(key, sealed, additionalData(purpose))
      return plain?.length === 8 ? Number(plain.readBigUInt64BE()) : undefined
    },
  }
}
