import { domainToASCII, domainToUnicode } from 'node:url'
import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { readEmailAddress } from '../../../domain/account/email-address.ts'
import { asciiDomain } from '../../../domain/account/email-domain.ts'

describe('the domain of an email address', () => {
  test.each([
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['XN--BCHER-KVA.Example', 'xn--bcher-kva.example'],
    ['example。org', 'example.org'],
    ['example．org｡', 'example.org'],
    ['ⓔxample.org', 'example.org'],
    ['example.org.', 'example.org'],
    ['\u212a.example', 'k.example'],
    ['faß.de', 'xn--fa-hia.de'],
    ['localhost', 'localhost'],
    ['1.example', '1.example'],
    ['a--b.example', 'a--b.example'],
  ])('%j is %s', (typed, ascii) => expect(asciiDomain(typed)).toBe(ascii))

  test.each([
    '',
    '.',
    'example..org',
    'example.org..',
    '.example.org',
    '。example.org',
    '-example.org',
    'example-.org',
    'exa_mple.org',
    'example.org/path',
    'example.org?x',
    'example.org#x',
    'example.org\\x',
    'example.org:25',
    'user:password@example.org',
    '%65xample.org',
    '％65xample.org',
    'example／org',
    '[192.0.2.1]',
    '192.0.2.1',
    '127.1',
    '0x7f',
    '１９２.0.2.1',
    'example.1',
    'xn--zzzzzzzzz.example',
    'xn--.example',
    'xn--a-ecp.example',
    'xn--bücher-kva.example',
    'a\u200db.example',
    'exa mple.org',
    'exa\tmple.org',
    `${'a'.repeat(64)}.example`,
    `${'ü'.repeat(63)}.example`,
    `${'a.'.repeat(127)}b`,
  ])('%j is none', (typed) => expect(asciiDomain(typed)).toBeNull())

  test('has labels of at most 63 octets and at most 253 in all', () => {
    expect(asciiDomain(`${'a'.repeat(63)}.example`)).toBe(`${'a'.repeat(63)}.example`)
    expect(asciiDomain(`${'a.'.repeat(126)}b.`)).toHaveLength(253)
  })
})

describe('whatever the domain', () => {
  const letter = fc.constantFrom(...'abzABZ019üÜßéÉжЖαΩ中書ⓔ．。K-')
  const written = fc.string({ unit: letter, minLength: 1, maxLength: 12 })
  const domain = fc.array(written, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))

  test('all its spellings are one address', () => {
    let accepted = 0
    fc.assert(
      fc.property(domain, (typed) => {
        const ascii = asciiDomain(typed)
        if (ascii === null) return
        accepted += 1
        const spellings = [ascii, ascii.toUpperCase(), domainToUnicode(ascii), `${ascii}.`, `${typed}。`, typed.normalize('NFD')]
        for (const spelling of spellings) if (!/[.。．]$/.test(typed)) expect(asciiDomain(spelling)).toBe(ascii)
      }),
      { numRuns: 3_000 },
    )
    expect(accepted).toBeGreaterThan(300)
  })

  test('it is what a mail transport makes of it, and of letters, digits and hyphens', () => {
    const octet = fc.integer({ min: 0, max: 0x17f }).map((point) => String.fromCodePoint(point))
    fc.assert(
      fc.property(fc.oneof(domain, fc.string({ unit: octet, minLength: 1, maxLength: 20 }), fc.domain()), (typed) => {
        const address = readEmailAddress(`a@${typed}`)
        if (!isRight(address)) return
        const kept = address.right.slice(2)
        expect(kept).toMatch(/^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/)
        expect(domainToASCII(typed.replace(/[\p{Zs}\t]+$/u, '')).replace(/\.$/, '')).toBe(kept)
        expect(domainToASCII(kept)).toBe(kept)
      }),
      { numRuns: 3_000 },
    )
  })
})
