import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

// A key object for each use: Node tells octets from keys by exceptions inside, at five times the time. The octets stay the caller's to overwrite.

/** `nonce(12) || ciphertext || tag(16)`. A nonce is given only where a test vector demands it: one used twice betrays the key. */
export function encrypt(key: Buffer, plain: Buffer, additional: Buffer, nonce = randomBytes(nonceLength)) {
  const cipher = createCipheriv(algorithm, createSecretKey(key), nonce, { authTagLength: tagLength })
  cipher.setAAD(additional)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** `null` if the key, the additional data or a single bit is another one. */
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
