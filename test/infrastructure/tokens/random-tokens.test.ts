import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { TokenHash } from '../../../domain/kernel/ids.ts'
import { randomTokens } from '../../../infrastructure/tokens/random-tokens.ts'

describe('a token', () => {
  test('holds 256 bits and is another one each time', () => {
    const tokens = Array.from({ length: 1_000 }, randomTokens.make)
    expect(new Set(tokens).size).toBe(1_000)
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })

  test('is known by its SHA-256 (FIPS 180-4, "abc")', () => {
    const expected = Buffer.from('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'hex').toString('base64url')
    expect(randomTokens.hash('abc')).toBe(expected)
    expect(isRight(TokenHash.decode(expected))).toBe(true)
  })
})
