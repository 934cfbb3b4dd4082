import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import type { PublicJwk, PublicKey } from '../../application/ports/access-tokens.ts'
import type { KeyPair, KeyPairs } from '../../application/ports/keys/key-pairs.ts'

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

/** The `x` and `d` of an Ed25519 JWK, named by its thumbprint (RFC 7638). */
const generate = async (): Promise<KeyPair> => {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { kid: await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x }), publicKey: x, privateKey: d }
}

/** Null unless the private key belongs to the public one, which is all that the thumbprint names. */
const open = ({ publicKey, privateKey }: Omit<KeyPair, 'kid'>): KeyObject | null => {
  try {
    const key = createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey, d: privateKey } })
    return key.export({ format: 'jwk' }).x === publicKey ? key : null
  } catch {
    return null
  }
}

export const ed25519KeyPairs: KeyPairs<KeyObject> = { generate, open }
