import fc from 'fast-check'
import { isRight, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { canonicalEmail, EmailAddress, isMailable } from '../../../domain/account/email-address.ts'
import { anyCharacter } from '../../support/domain/any-character.ts'

const refused = left({ type: 'not_an_email_address' })

describe('an e-mail address', () => {
  test('is compared in lower case', () => expect(canonicalEmail('Ada.LOVELACE@Example.Org')).toEqual(right('ada.lovelace@example.org')))

  test('is compared in composed form', () => expect(canonicalEmail('Jose\u0301@example.org')).toEqual(right('jos\u00e9@example.org')))

  test.each(['', '@', 'ada', 'ada@', '@example.org', 'a@b@c', 'a@@c'])('needs one @ with something on both sides: %j', (text) =>
    expect(canonicalEmail(text)).toEqual(refused),
  )

  test.each([
    ' ',
    '\t',
    '\n',
    '\u0000',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u00ad',
    '\u200b',
    '\u202e',
    '\u2028',
    '\u2060',
    '\u3000',
    '\ufeff',
    '\u{e0041}',
  ])('holds no white space, control or format character: %j', (character) => {
    for (const text of [`${character}a@b`, `a${character}a@b`, `a@b${character}`]) expect(canonicalEmail(text)).toEqual(refused)
  })

  test('holds no half of a surrogate pair', () => expect(canonicalEmail('a\ud83d@b')).toEqual(refused))

  test('has at most 254 characters', () => {
    expect(isRight(canonicalEmail(`${'a'.repeat(252)}@b`))).toBe(true)
    expect(canonicalEmail(`${'a'.repeat(253)}@b`)).toEqual(refused)
    expect(isRight(canonicalEmail(`${'🐎'.repeat(252)}@b`))).toBe(true)
  })

  test('that grows past 254 characters when composed is refused', () =>
    expect(canonicalEmail(`${'\u0958'.repeat(200)}@b`)).toEqual(refused))

  test('that has more than 254 characters as it is written is refused, however few it has when composed', () =>
    expect(canonicalEmail(`${'e\u0301'.repeat(200)}@b`)).toEqual(refused))

  test('is composed again where lower case has composed letters that upper case has not', () =>
    expect(canonicalEmail('J\u030c@b')).toEqual(right('\u01f0@b')))

  test('is decoded to its canonical form, and whatever is no address is refused without being repeated', () => {
    expect(EmailAddress.decode('A@B')).toEqual(right('a@b'))
    expect(EmailAddress.is('A@B')).toBe(false)
    expect(EmailAddress.is('a@b')).toBe(true)
    for (const foreign of [1, null, ['a@b'], 'nobody']) expect(isRight(EmailAddress.decode(foreign))).toBe(false)
  })
})

describe('mail', () => {
  const address = (text: string) => {
    const email = canonicalEmail(text)
    if (!isRight(email)) throw new Error('Not an address')
    return email.right
  }
  test.each([...'<>()[],;:\\"'])('is not sent to an address with %s on either side', (sign) => {
    expect(isMailable(address(`a${sign}b@c`))).toBe(false)
    expect(isMailable(address(`a@b${sign}c`))).toBe(false)
  })
  test.each(['a@b', "o'brien+x.y_z-0@c", '𝄞@b', `${'a'.repeat(252)}@b`])('is sent to %s', (text) =>
    expect(isMailable(address(text))).toBe(true),
  )
})

describe('whatever the address', () => {
  const part = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 30 })
  const address = fc.tuple(part, part).map(([local, domain]) => `${local}@${domain}`)

  test('its canonical form is its own canonical form', () => {
    fc.assert(
      fc.property(address, (text) => {
        const once = canonicalEmail(text)
        if (isRight(once)) expect(canonicalEmail(once.right)).toEqual(once)
      }),
      { numRuns: 2_000 },
    )
  })

  test('it has one canonical form in all its normal forms', () => {
    fc.assert(
      fc.property(address, (text) => {
        expect(canonicalEmail(text.normalize('NFD'))).toEqual(canonicalEmail(text.normalize('NFC')))
      }),
      { numRuns: 2_000 },
    )
  })

  test('it has one canonical form in upper and lower case, where case has only two sides', () => {
    const twoSided = fc.string({ unit: fc.constantFrom(...'abcxyzäöüéñøåæžšłабвяαβγω0-9_+.'), minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(fc.tuple(twoSided, twoSided), ([local, domain]) => {
        const text = `${local}@${domain}`
        expect(canonicalEmail(text.toUpperCase())).toEqual(canonicalEmail(text))
      }),
    )
  })

  test('every character that has another form is settled after one round', () => {
    const restless = Array.from({ length: 0x110000 }, (_, point) => String.fromCodePoint(point)).filter(
      (character) => character.normalize('NFC').toLowerCase() !== character,
    )
    expect(restless.length).toBeGreaterThan(2_000)
    for (const character of restless) {
      const once = canonicalEmail(`x${character}@x`)
      if (isRight(once)) expect(EmailAddress.is(once.right)).toBe(true)
    }
  })
})
