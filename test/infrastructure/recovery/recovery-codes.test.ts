import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OpenRecoverySet } from '../../../application/ports/recovery-codes.ts'
import { codeText, readCode as readAny, readRecoveryCode as readCode } from '../../../infrastructure/recovery/code-text.ts'
import { recoveryCodes } from '../../../infrastructure/recovery/recovery-codes.ts'
import { openDerive } from '../../../infrastructure/sealing/keys/derivation-key.ts'
import { anyCharacter } from '../../support/domain/any-character.ts'
import { ada, bob, masterKey, newNeeds, succeed } from '../sealing/support.ts'

const derive = await succeed(openDerive({ ...newNeeds(), masterKey }))
const schemes = ['single-use', 'jump-ahead'] as const
const codesOf = (scheme: OpenRecoverySet['scheme'], count = 10) => recoveryCodes({ derive, scheme, count })

describe('the text of a recovery code', () => {
  test('is 65 bits in Crockford’s base32', () => {
    expect(codeText(Buffer.alloc(9))).toBe('0000-0000-0000-0')
    expect(codeText(Buffer.alloc(9, 255))).toBe('ZZZZ-ZZZZ-ZZZZ-Z')
    expect(codeText(Buffer.from('08421084210842108421', 'hex'))).toBe('1111-1111-1111-1')
    expect(codeText(Buffer.from('00443214c74254b635cf84653a56d7c675be77df', 'hex'))).toBe('0123-4567-89AB-C')
    expect(() => codeText(Buffer.alloc(8))).toThrow(TypeError)
  })

  test('shows each of the 65 bits', () => {
    for (let bit = 0; bit < 72; bit++) {
      const bytes = Buffer.alloc(9)
      bytes[bit >> 3] = 128 >> (bit & 7)
      expect(codeText(bytes) !== '0000-0000-0000-0').toBe(bit < 65)
    }
  })

  test('is read however it was typed', () => {
    for (const typed of [
      '01AB-CDEF-GHJK-M',
      '01abcdefghjkm',
      ' 01ab cdef ghjk m\n',
      'oiab-cdef-ghjk-m',
      'OlAB–CDEF—GHJK−M',
      '０１ＡＢ-CDEF-GHJK-M',
    ])
      expect(readCode(typed)).toBe('01ABCDEFGHJKM')
  })

  test.each([
    '',
    '123456',
    '01AB-CDEF-GHJK',
    '01AB-CDEF-GHJK-MN',
    'U1AB-CDEF-GHJK-M',
    '01AB_CDEF_GHJK_M',
    '01AB.CDEF-GHJK-M',
    `01ABCDEFGHJKM${' '.repeat(60)}`,
  ])('%j is none', (typed) => expect(readCode(typed)).toBeNull())

  test('is told from a one-time code by its shape', () => {
    const oneTime = ['123456', '123 456', ' 123-456 ', '１２３４５６'].map(readAny)
    expect(oneTime).toEqual(Array(4).fill({ type: 'one_time_code', code: '123456' }))
    expect(['01AB-CDEF-GHJK-M', '0123456789012'].map((typed) => readAny(typed).type)).toEqual(['recovery_code', 'recovery_code'])
    expect(['', '12345', '1234567', 'correct horse', `${' '.repeat(64)}123456`].map((typed) => readAny(typed).type)).toEqual(
      Array(5).fill('neither'),
    )
  })
})

describe.each(schemes)('%s codes', (scheme) => {
  const made = codesOf(scheme)

  test('are as many as were asked for, each another one, with the number of its place', () => {
    const { codes, set } = made.issue(ada)
    expect(codes).toHaveLength(10)
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]$/)
    expect(codes.map((code) => made.matchingNumber(ada, set, code))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  test('are known however they are typed', () => {
    const { codes, set } = made.issue(ada)
    const typed = (codes[6] ?? '').toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    expect(made.matchingNumber(ada, set, typed)).toBe(7)
  })

  test('are another set each time, and of each account', () => {
    const [first, second] = [made.issue(ada), made.issue(ada)]
    for (const code of first.codes) {
      expect(made.matchingNumber(ada, second.set, code)).toBeNull()
      expect(made.matchingNumber(bob, first.set, code)).toBeNull()
    }
  })

  test('are not in what is kept', () => {
    const { codes, set } = made.issue(ada)
    for (const code of codes) {
      expect(JSON.stringify(set)).not.toContain(code)
      expect(JSON.stringify(set)).not.toContain(readCode(code))
    }
  })

  test('can be checked where the other scheme is configured', () => {
    const { codes, set } = made.issue(ada)
    const other = codesOf(scheme === 'single-use' ? 'jump-ahead' : 'single-use', 3)
    expect(other.matchingNumber(ada, set, codes[9] ?? '')).toBe(10)
  })

  test('cannot be checked without the key', async () => {
    const { codes, set } = made.issue(ada)
    const stranger = recoveryCodes({ derive: await succeed(openDerive({ ...newNeeds(), masterKey })), scheme, count: 10 })
    expect(stranger.matchingNumber(ada, set, codes[0] ?? '')).toBeNull()
  })

  test('are none of what else may be typed', () => {
    const { codes, set } = made.issue(ada)
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: anyCharacter }), fc.uint8Array({ minLength: 9, maxLength: 9 }).map(codeText)), (typed) => {
        expect(made.matchingNumber(ada, set, typed)).toBeNull()
      }),
    )
    const [one = ''] = codes
    for (let at = 0; at < one.length; at++) {
      if (one[at] === '-') continue
      const wrong = one.slice(0, at) + (one[at] === 'Z' ? 'Y' : 'Z') + one.slice(at + 1)
      expect(made.matchingNumber(ada, set, wrong)).toBeNull()
    }
  })
})

test('a damaged hash matches nothing and breaks nothing', () => {
  const { codes, set } = codesOf('single-use', 3).issue(ada)
  if (set.scheme !== 'single-use') throw new Error('not what was asked for')
  const damaged = { ...set, hashes: ['', ...set.hashes.slice(1)] }
  expect(codes.map((code) => codesOf('single-use').matchingNumber(ada, damaged, code))).toEqual([null, 2, 3])
})
