import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import type { PublicJwk } from '../../application/ports/access-tokens.ts'

type Halves = { readonly kid: string; readonly publicKey: string; readonly privateKey: string }

export function publicJwk({ kid, publicKey }: { readonly kid: string; readonly publicKey: string }): PublicJwk {
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
export async function generateSigningKey(): Promise<Halves> {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { kid: await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x }), publicKey: x, privateKey: d }
}

/** The thumbprint speaks for the public half only: Node computes that from the private one, and it must be the same. Null if it is not. */
export function privateKeyOf({ publicKey, privateKey }: Omit<Halves, 'kid'>): KeyObject | null {
  try {
    const key = createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey, d: privateKey } })
    return key.export({ format: 'jwk' }).x === publicKey ? key : null
  } catch {
    return null
  }
}
