import { describe, expect, test } from 'vitest'
import { isUsableKey } from '../../../domain/identity/usable-key.ts'
import { PublicKey } from '../../../domain/kernel/ids.ts'
import { newKey } from '../../support/server/identity-key.ts'

const p = 2n ** 255n - 19n
const order = 2n ** 252n + 27742317777372353535851937790883648493n

const mod = (n: bigint) => ((n % p) + p) % p
const power = (base: bigint, exponent: bigint): bigint => {
  if (exponent === 0n) return 1n
  const half = power(mod(base * base), exponent / 2n)
  return exponent % 2n === 0n ? half : mod(half * base)
}
const inverse = (n: bigint) => power(mod(n), p - 2n)
const d = mod(-121665n * inverse(121666n))

type Point = readonly [x: bigint, y: bigint]
const zero: Point = [0n, 1n]

const add = ([x1, y1]: Point, [x2, y2]: Point): Point => {
  const k = mod(d * x1 * x2 * y1 * y2)
  return [mod((x1 * y2 + x2 * y1) * inverse(1n + k)), mod((y1 * y2 + x1 * x2) * inverse(1n - k))]
}
const times = (n: bigint, point: Point): Point => {
  if (n === 0n) return zero
  const half = times(n / 2n, add(point, point))
  return n % 2n === 0n ? half : add(half, point)
}

/** The point with this y, if there is one. */
const pointAt = (y: bigint): Point | null => {
  const square = mod((y * y - 1n) * inverse(d * y * y + 1n))
  const root = power(square, (p + 3n) / 8n)
  const x = [root, mod(root * power(2n, (p - 1n) / 4n))].find((x) => mod(x * x) === square)
  return x === undefined ? null : [x, y]
}

/** All points whose order divides 8, out of points of the whole curve. */
const torsion = () => {
  const found = new Map<string, Point>()
  for (let y = 2n; found.size < 8; y++) {
    const point = pointAt(y)
    const generator = point === null ? zero : times(order, point)
    for (let n = 0n, each = zero; n < 8n; n++, each = add(each, generator)) found.set(String(each), each)
  }
  return [...found.values()]
}

const encoded = (y: bigint, sign: bigint) => {
  const hex = (y + (sign << 255n)).toString(16).padStart(64, '0')
  return Buffer.from(hex, 'hex').reverse().toString('base64url')
}

const keyOf = (text: string) => {
  if (!PublicKey.is(text)) throw new Error('no key')
  return text
}

describe('a public key', () => {
  test('of small order is refused, with either sign', () => {
    const ys = new Set(torsion().map(([, y]) => y))
    expect(torsion()).toHaveLength(8)
    for (const y of ys) for (const sign of [0n, 1n]) expect(isUsableKey(keyOf(encoded(y, sign)))).toBe(false)
  })

  test('in a second spelling is refused: a coordinate that is not reduced', () => {
    for (let y = p; y < 2n ** 255n; y++) for (const sign of [0n, 1n]) expect(isUsableKey(keyOf(encoded(y, sign)))).toBe(false)
  })

  test('with stray bits, another length or padding is none', () => {
    const { publicKey } = newKey()
    const stray = String.fromCharCode(publicKey.charCodeAt(42) + 1)
    for (const text of [publicKey.slice(0, 42) + stray, publicKey.slice(1), `${publicKey}A`, `${publicKey}=`, `+${publicKey.slice(1)}`]) {
      expect(PublicKey.is(text)).toBe(false)
    }
  })

  test('that was generated is accepted', () => {
    for (let n = 0; n < 200; n++) expect(isUsableKey(newKey().publicKey)).toBe(true)
  })
})
