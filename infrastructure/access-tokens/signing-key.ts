import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import type { PublicJwk, PublicKey } from '../../application/ports/access-tokens.ts'
import type { KeyPair, KeyPairs } from '../../application/ports/key-pairs.ts'

export function publicJwk({ kid, publicKey }: PublicKey): PublicJwk {
  return {
    kty: 'OKP',
    crv: 'Ed25519',
    alg: 'EdDSA',
    use: 'sig',
    kid,
    x: publicKey,
  }
}

/** A new Ed25519 key: the JWK's `x` and `d`, and its thumbprint (RFC 7638) for a name. */
const generate = async (): Promise<KeyPair> => {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { kid: await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x }), publicKey: x, privateKey: d }
}

/** The thumbprint speaks for the public half only: Node computes that from the private one, and it must be the same. Null if it is not. */
const open = ({ publicKey, privateKey }: Omit<KeyPair, 'kid'>): KeyObject | null => {
  try {
    const key = createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey, d: privateKey } })
    return key.export({ format: 'jwk' }).x === publicKey ? key : null
  } catch {
    return null
  }
}

export const ed25519KeyPairs: KeyPairs<KeyObject> = { generate, open }
