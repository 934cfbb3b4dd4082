import fc from 'fast-check'
import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { passwordPolicy } from '../../../domain/account/password-policy.ts'
import { anyCharacter } from '../../support/domain/any-character.ts'

const policy = passwordPolicy({ minLength: 8, isCommon: (password) => password.toLowerCase() === 'password1' })
const email = 'ada.lovelace@example.org'

describe('a password', () => {
  test('of ordinary length is accepted as it is', () => expect(policy('Tr0ub4dor&3', email)).toEqual(right('Tr0ub4dor&3')))

  test('is too short one code point below the least, and not at it', () => {
    expect(policy('1234567', email)).toEqual(left('too_short'))
    expect(policy('12345678', email)).toEqual(right('12345678'))
  })

  test('is measured in code points, not in UTF-16 units', () => {
    expect(policy('🐎'.repeat(7), email)).toEqual(left('too_short'))
    expect(policy('🐎'.repeat(8), email)).toEqual(right('🐎'.repeat(8)))
    expect(policy('🐎'.repeat(1_024), email)).toEqual(right('🐎'.repeat(1_024)))
    expect(policy('🐎'.repeat(1_025), email)).toEqual(left('too_long'))
  })

  test('is measured in the composed form that gets hashed', () => expect(policy('a\u0308'.repeat(7), email)).toEqual(left('too_short')))

  test('that everybody picks is refused', () => expect(policy('PassWord1', email)).toEqual(left('too_common')))

  test('with the address or the part before the @ in it is refused, in whatever case', () => {
    expect(policy('x Ada.Lovelace@Example.ORG', email)).toEqual(left('contains_email'))
    expect(policy('my-ADA.lovelace-1', email)).toEqual(left('contains_email'))
  })

  test('may hold a local part of three characters, but not one of four', () => {
    expect(policy('bobsleigh-run', 'bob@example.org')).toEqual(right('bobsleigh-run'))
    expect(policy('bobbysleigh', 'bobb@example.org')).toEqual(left('contains_email'))
  })

  test('may hold the domain of the address', () => expect(policy('example.org rocks', email)).toEqual(right('example.org rocks')))

  test('is refused for its length whatever else is wrong with it', () => {
    expect(passwordPolicy({ minLength: 20, isCommon: () => true })('ada.lovelace', email)).toEqual(left('too_short'))
  })

  test('that passes is of allowed length and not common', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 40 }), (password) => {
        const length = [...password.normalize('NFC')].length
        expect(policy(password, email)._tag === 'Right').toBe(length >= 8)
      }),
    )
  })
})
