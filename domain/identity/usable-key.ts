import type { PublicKey } from '../kernel/ids.ts'

const p = 2n ** 255n - 19n

/** The y of the points whose order divides 8: with such a key, some signatures are valid for every message. */
const smallOrder: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  p - 1n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
])

/** Little-endian. */
const numberIn = (publicKey: PublicKey) => {
  const bytes = atob(publicKey.replaceAll('-', '+').replaceAll('_', '/'))
  return [...bytes].reduceRight((number, byte) => number * 256n + BigInt(byte.charCodeAt(0)), 0n)
}

/** Neither of small order nor in a second spelling. Whether it is a point of the curve shows when a signature is verified. */
export function isUsableKey(publicKey: PublicKey) {
  const y = numberIn(publicKey) & (2n ** 255n - 1n)
  return y < p && !smallOrder.has(y)
}
