import crypto, { timingSafeEqual } from 'node:crypto'

const digest = (text: string) => crypto.hash('sha256', text, 'buffer')

/** Compares in constant time. */
export function secretMatcher(secret: string) {
  const expected = digest(secret)
  return (presented: string) => timingSafeEqual(digest(presented), expected)
}
