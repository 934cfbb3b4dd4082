import { describe, expect, test } from 'vitest'
import { instant } from '../../../domain/kernel/instant.ts'
import { codeAt, matchingStep, newSecret, secretOf, stepAt } from '../../../infrastructure/otp/one-time-code.ts'
import { base32Of } from './base32.ts'

/** RFC 6238, appendix B; the seeds are as long as the digest (erratum 2866). */
const seed = (length: number) => base32Of(Buffer.from('1234567890'.repeat(7).slice(0, length)))
const appendixB = [
  [59, '94287082', '46119246', '90693936'],
  [1111111109, '07081804', '68084774', '25091201'],
  [1111111111, '14050471', '67062674', '99943326'],
  [1234567890, '89005924', '91819424', '93441116'],
  [2000000000, '69279037', '90698825', '38618901'],
  [20000000000, '65353130', '77737706', '47863826'],
] as const

/** RFC 4226, appendix D: the counters from 0. */
const appendixD = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489']

describe('the vectors', () => {
  test.each(appendixB)('of RFC 6238, appendix B, at %i seconds', (seconds, sha1, sha256, sha512) => {
    const step = stepAt(instant(seconds * 1000))
    expect(codeAt(seed(20), step, { algorithm: 'sha1', digits: 8 })).toBe(sha1)
    expect(codeAt(seed(32), step, { algorithm: 'sha256', digits: 8 })).toBe(sha256)
    expect(codeAt(seed(64), step, { algorithm: 'sha512', digits: 8 })).toBe(sha512)
  })

  test.each(appendixD.map((code, counter) => [counter, code] as const))('of RFC 4226, appendix D: counter %i', (counter, code) => {
    expect(codeAt(seed(20), counter)).toBe(code)
  })
})

const secret = seed(20)
const step = 41_152_263
const at = instant(step * 30_000 + 17_000)
const within = (earlier: number, later: number) => (offset: number) =>
  matchingStep(secret, codeAt(secret, step + offset), at, { earlier, later })

describe('the step that a code is right for', () => {
  test('is named for every step of the window, and for none beside it', () => {
    const offsets = [-3, -2, -1, 0, 1, 2, 3]
    expect(offsets.map(within(1, 1))).toEqual([null, null, step - 1, step, step + 1, null, null])
    expect(offsets.map(within(2, 0))).toEqual([null, step - 2, step - 1, step, null, null, null])
    expect(offsets.map(within(0, 2))).toEqual([null, null, null, step, step + 1, step + 2, null])
    expect(offsets.map(within(0, 0))).toEqual([null, null, null, step, null, null, null])
  })

  test('changes with the first millisecond of the next one', () => {
    const edge = (step + 1) * 30_000
    expect([edge - 1, edge].map((ms) => stepAt(instant(ms)))).toEqual([step, step + 1])
  })

  test('is the later one if two steps have the same code', () => {
    const codes = new Map<string, number>()
    for (let n = 0; ; n++) {
      const twin = codes.get(codeAt(secret, n))
      if (twin === undefined) codes.set(codeAt(secret, n), n)
      else return expect(matchingStep(secret, codeAt(secret, n), instant(n * 30_000), { earlier: n - twin, later: 0 })).toBe(n)
    }
  })

  test('is looked for from 1970 on', () => expect(matchingStep(secret, '755224', instant(0), { earlier: 3, later: 0 })).toBe(0))

  test.each([
    ['a space before it', ' 755224'],
    ['a space after it', '755224 '],
    ['a line end', '755224\n'],
    ['five digits', '55224'],
    ['seven digits', '0755224'],
    ['full-width digits', '７５５２２４'],
    ['Arabic digits', '٧٥٥٢٢٤'],
    ['an exponent', '7552e4'],
    ['nothing', ''],
    ['very many digits', '7'.repeat(100_000)],
  ])('is none for a code with %s', (_what, code) => expect(matchingStep(secret, code, instant(0), { earlier: 0, later: 0 })).toBeNull())
})

describe('a secret', () => {
  test('has 160 bits and is another one each time', () => {
    const secrets = Array.from({ length: 50 }, newSecret)
    expect(new Set(secrets).size).toBe(50)
    for (const one of secrets) expect(one).toMatch(/^[A-Z2-7]{32}$/)
  })

  test('out of derived bytes is their first 160 bits', () => {
    const bytes = Buffer.from('12345678901234567890-and-more-of-it')
    expect(secretOf(bytes)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
    expect(() => secretOf(bytes.subarray(0, 19))).toThrow(TypeError)
  })

  test('that is none is refused without being repeated', () => {
    for (const wrong of ['CANARY4711', 'MFRGGZDFMZTWQ2LK', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1', '']) {
      const refused = () => codeAt(wrong, 1)
      expect(refused).toThrow(new TypeError('A secret is base32 of 16 bytes or more'))
    }
  })
})
