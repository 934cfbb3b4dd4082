import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

// A key object per use: for plain bytes Node uses exceptions internally, at five times the cost. The caller can overwrite the bytes.

/** `nonce(12) || ciphertext || tag(16)`. Pass a nonce only for test vectors: reusing one reveals the key. */
export function encrypt(key: Buffer, plain: Buffer, additional: Buffer, nonce = randomBytes(nonceLength)) {
  const cipher = createCipheriv(algorithm, createSecretKey(key), nonce, { authTagLength: tagLength })
  cipher.setAAD(additional)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** `null` if the key, the additional data or the ciphertext differs. */
export function decrypt(key: Buffer, sealed: Buffer, additional: Buffer): Buffer | null {
  if (sealed.length < nonceLength + tagLength) return null
  const decipher = createDecipheriv(algorithm, createSecretKey(key), sealed.subarray(0, nonceLength), { authTagLength: tagLength })
  decipher.setAAD(additional)
  decipher.setAuthTag(sealed.subarray(-tagLength))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceLength, -tagLength)), decipher.final()])
  } catch {
    return null
  }
}
