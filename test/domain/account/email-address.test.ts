import fc from 'fast-check'
import { isRight, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { beginsWith, canonicalEmail, EmailAddress, readEmailAddress } from '../../../domain/account/email-address.ts'
import { anyCharacter } from '../../support/domain/any-character.ts'
import { emailAddress } from '../../support/domain/email-address.ts'

const refused = left({ type: 'not_an_email_address' })
const canonical = (text: string) => canonicalEmail(emailAddress(text))

describe('an email address', () => {
  test('keeps its local part as typed and is compared in lower case', () => {
    expect(readEmailAddress('Ada.LOVELACE@Example.Org')).toEqual(right('Ada.LOVELACE@example.org'))
    expect(canonical('Ada.LOVELACE@Example.Org')).toBe('ada.lovelace@example.org')
    expect(readEmailAddress('İlker@example.org')).toEqual(right('İlker@example.org'))
  })

  test('is compared in composed form', () => expect(canonical('Jose\u0301@example.org')).toBe('jos\u00e9@example.org'))

  test('is composed again where lower case has composed letters that upper case has not', () =>
    expect(canonical('J\u030c@b')).toBe('\u01f0@b'))

  test.each(['', '@', 'ada', 'ada@', '@example.org', 'a@b@c', 'a@@c', ' @ '])('needs one @ with something on both sides: %j', (text) =>
    expect(readEmailAddress(text)).toEqual(refused),
  )

  test.each([...'\n\r\v\f\u0000\u007f\u0085\u00ad\u200b\u202e\u2028\u2060\ufeff\u{e0041}'])(
    'holds no white space, control or format character: %j',
    (character) => {
      for (const text of [`${character}a@b`, `a${character}a@b`, `a@b${character}c`, `a@b${character}`])
        expect(readEmailAddress(text)).toEqual(refused)
    },
  )

  test.each([...' \t\u00a0\u3000'])('is read without blanks around it, but holds none: %j', (blank) => {
    expect(readEmailAddress(`${blank}${blank}ada@example.org${blank}`)).toEqual(right('ada@example.org'))
    for (const text of [`a${blank}a@b`, `a${blank}@b`, `a@${blank}b`, `a@b${blank}c`]) expect(readEmailAddress(text)).toEqual(refused)
  })

  test.each([...'<>()[],;:\\"'])('holds no syntax of headers or SMTP: %s', (sign) => {
    for (const text of [`a${sign}b@c`, `a@b${sign}c`, `${sign}a@b`, `a@b${sign}`]) expect(readEmailAddress(text)).toEqual(refused)
  })

  test.each(['mailto:ada@example.org', '<ada@example.org>', 'Ada <ada@example.org>', '"ada"@example.org', 'ada@[192.0.2.1]', 'ada@[::1]'])(
    'is neither a URL nor an address literal, and has no name: %s',
    (text) => expect(readEmailAddress(text)).toEqual(refused),
  )

  test('holds no half of a surrogate pair', () => expect(readEmailAddress('a\ud83d@b')).toEqual(refused))

  test('has a local part of at most 64 octets', () => {
    expect(isRight(readEmailAddress(`${'a'.repeat(64)}@b`))).toBe(true)
    expect(isRight(readEmailAddress(`${'🐎'.repeat(16)}@b`))).toBe(true)
    expect(readEmailAddress(`${'a'.repeat(65)}@b`)).toEqual(refused)
    expect(readEmailAddress(`${'🐎'.repeat(16)}a@b`)).toEqual(refused)
  })

  test('has at most 254 octets', () => {
    const labels = `${'a'.repeat(63)}.`.repeat(2)
    expect(isRight(readEmailAddress(`${'a'.repeat(64)}@${labels}${'a'.repeat(61)}`))).toBe(true)
    expect(readEmailAddress(`${'a'.repeat(64)}@${labels}${'a'.repeat(62)}`)).toEqual(refused)
    expect(isRight(readEmailAddress(`a@${labels}${'a'.repeat(63)}.${'a'.repeat(60)}`))).toBe(true)
    expect(readEmailAddress(`a@${labels}${'a'.repeat(63)}.${'a'.repeat(61)}`)).toEqual(refused)
  })

  test('has at most 254 octets, though it has fewer characters', () => {
    const domain = `${'a'.repeat(63)}.${'a'.repeat(63)}.`
    expect(isRight(readEmailAddress(`${'é'.repeat(32)}@${domain}${'a'.repeat(61)}`))).toBe(true)
    expect(readEmailAddress(`${'é'.repeat(32)}@${domain}${'a'.repeat(62)}`)).toEqual(refused)
  })

  test('is not looked for in a text that is too long', () => {
    expect(readEmailAddress(`${' '.repeat(251)}a@b`)).toEqual(right('a@b'))
    expect(readEmailAddress(`${' '.repeat(252)}a@b`)).toEqual(refused)
  })

  test('is read without any number of blanks after it', () => expect(readEmailAddress('a@b \t ')).toEqual(right('a@b')))

  test('is decoded as it is read, and whatever is no address is refused without being repeated', () => {
    expect(EmailAddress.decode(' A@B. ')).toEqual(right('A@b'))
    expect(EmailAddress.is('A@B')).toBe(false)
    expect(EmailAddress.is('A@b')).toBe(true)
    for (const foreign of [1, null, ['a@b'], 'nobody']) {
      expect(EmailAddress.is(foreign)).toBe(false)
      expect(EmailAddress.decode(foreign)).toMatchObject(left([{ message: 'an e-mail address' }]))
    }
    expect(EmailAddress.name).toBe('EmailAddress')
  })
})

describe('an address begins with what was typed', () => {
  const begins = (typed: string, address = 'Ada.Lovelace@xn--bcher-kva.example') => beginsWith(typed)(emailAddress(address))

  test.each(['', 'a', 'ADA.love', ' ada ', 'ada.lovelace@', 'Ada.Lovelace@xn--b', 'ada.lovelace@Bücher.example'])('%j', (typed) =>
    expect(begins(typed)).toBe(true),
  )
  test.each(['lovelace', 'ada@', 'ada.lovelace@bü', 'ada.lovelace@bucher.example', 'Ada.Lovelace@xn--bcher-kva.example.org', '@xn'])(
    'but not %j',
    (typed) => expect(begins(typed)).toBe(false),
  )
  test('in composed form', () => expect(begins('jose\u0301', 'Jos\u00e9@example.org')).toBe(true))
})

describe('whatever the address', () => {
  const part = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 30 })
  const address = fc.tuple(part, fc.oneof(part, fc.domain())).map(([local, domain]) => `${local}@${domain}`)

  test('what was read is read as the same again, and has the same canonical form as that form itself', () => {
    fc.assert(
      fc.property(address, (text) => {
        const once = readEmailAddress(text)
        if (!isRight(once)) return
        expect(readEmailAddress(once.right)).toEqual(once)
        const again = readEmailAddress(canonicalEmail(once.right))
        if (isRight(again)) expect(canonicalEmail(again.right)).toBe(canonicalEmail(once.right))
      }),
      { numRuns: 2_000 },
    )
  })

  test('it has one canonical form in all its normal forms', () => {
    fc.assert(
      fc.property(address, (text) => {
        const [one, other] = [readEmailAddress(text.normalize('NFD')), readEmailAddress(text.normalize('NFC'))]
        if (isRight(one) && isRight(other)) expect(canonicalEmail(one.right)).toBe(canonicalEmail(other.right))
      }),
      { numRuns: 2_000 },
    )
  })

  test('it has one canonical form though only one of two Unicode versions composes its domain', () => {
    const [one, other] = [readEmailAddress('a@\u{11384}\u{113bb}'), readEmailAddress('a@\u{11385}')]
    expect(one).toEqual(other)
  })

  test('it has one canonical form in upper and lower case, where case has only two sides', () => {
    const twoSided = fc.string({ unit: fc.constantFrom(...'abcxyzäöüéñøåæžšłабвяαβγω0-9_+.'), minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(fc.tuple(twoSided, fc.domain()), ([local, domain]) => {
        const text = `${local}@${domain}`
        fc.pre(isRight(readEmailAddress(text)))
        expect(canonical(text.toUpperCase())).toBe(canonical(text))
      }),
    )
  })

  test('every character that has another form is settled after one round', () => {
    const restless = Array.from({ length: 0x110000 }, (_, point) => String.fromCodePoint(point)).filter(
      (character) => character.normalize('NFC').toLowerCase() !== character,
    )
    expect(restless.length).toBeGreaterThan(2_000)
    for (const character of restless) {
      const once = readEmailAddress(`x${character}@x`)
      if (!isRight(once)) continue
      const again = emailAddress(canonicalEmail(once.right))
      expect(canonicalEmail(again)).toBe(again)
    }
  })
})
