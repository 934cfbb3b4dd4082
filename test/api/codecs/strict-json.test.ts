import fc from 'fast-check'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { maxDepth, parseStrictJson } from '../../../api/codecs/strict-json.ts'
import { anyCharacter } from '../../support/domain/any-character.ts'

const parse = (text: string) => parseStrictJson(Buffer.from(text))
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

const isHarmless = (value: unknown, depth = 0): boolean => {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  const keys = Object.keys(value)
  return (
    depth < maxDepth &&
    keys.every((key) => key.isWellFormed() && !forbidden.has(key)) &&
    Object.values(value).every((inner) => isHarmless(inner, depth + 1))
  )
}

describe('strict JSON', () => {
  test('is what JSON.parse makes of it, apart from what is named', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: anyCharacter, maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (json, space) => {
        const value: unknown = JSON.parse(json)
        const parsed = parse(JSON.stringify(value, null, space))
        if (isHarmless(value)) expect(parsed).toEqual(right(value))
        else expect(isLeft(parsed)).toBe(true)
      }),
    )
  })

  test('is never more than JSON.parse takes', () => {
    const nearly = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', 'a', ':', ',', '1', ' ', '\\u0061', 'null', '"a":'), {
      maxLength: 14,
    })
    fc.assert(
      fc.property(nearly, (parts) => {
        const text = parts.join('')
        const parsed = parse(text)
        if (!isLeft(parsed)) expect(parsed.right).toEqual(JSON.parse(text))
      }),
      { numRuns: 2000 },
    )
  })

  test('has no key twice, wherever and however it is written', () => {
    const escaped = (key: string) => [...key].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(8), fc.boolean(), (key, depth, isEscaped) => {
        const again = isEscaped ? `"${escaped(key)}"` : JSON.stringify(key)
        const object = `{${JSON.stringify(key)} : 1, "other key": [{}], ${again}\n:2}`
        expect(isLeft(parse('[{"x":'.repeat(depth / 2) + object + '}]'.repeat(depth / 2)))).toBe(true)
      }),
    )
  })

  test('has the same key in two objects', () => expect(parse('[{"a":{"a":1}},{"a":2}]')).toEqual(right([{ a: { a: 1 } }, { a: 2 }])))

  test('takes a value that looks like a key', () => expect(parse('{"a":"a","b":["a","a"],"c":"{\\"a\\":1,\\"a\\":2}"}')._tag).toBe('Right'))

  test('is not deeper than its bound', () => {
    expect(parse('['.repeat(maxDepth) + ']'.repeat(maxDepth))._tag).toBe('Right')
    expect(parse('['.repeat(maxDepth + 1) + ']'.repeat(maxDepth + 1))._tag).toBe('Left')
  })

  test.each([[[0xc0, 0xaf]], [[0xed, 0xa0, 0x80]], [[0xff]], [[0xe2, 0x82]]])('is UTF-8, which %j is not', (octets) => {
    expect(isLeft(parseStrictJson(Buffer.from([0x22, ...octets, 0x22])))).toBe(true)
  })
})
