import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { IdentityKeys } from '../../application/ports/keys/identity-keys.ts'
import type { Fingerprint, PublicKey, Sha256 } from '../../domain/kernel/ids.ts'

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')

const keyOf = (publicKey: PublicKey): KeyObject => createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey } })

export const ed25519IdentityKeys: IdentityKeys = {
  fingerprintOf: (publicKey) => sha256(Buffer.from(publicKey, 'base64url')) as Fingerprint,
  subjectOf: (accountId) => sha256(accountId) as Sha256,
  digestOf: (bytes) => sha256(bytes) as Sha256,
  verify: (publicKey, payload, signature) => {
    try {
      return verify(null, payload, keyOf(publicKey), Buffer.from(signature, 'base64url'))
    } catch {
      return false
    }
  },
}
