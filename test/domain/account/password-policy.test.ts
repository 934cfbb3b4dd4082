import fc from 'fast-check'
import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { isRepetitive, isSequential } from '../../../domain/account/guessable-characters.ts'
import { passwordPolicy } from '../../../domain/account/password-policy.ts'
import { anyCharacter } from '../../support/domain/any-character.ts'

const rules = {
  minLength: 8,
  minLengthWithFactor: 8,
  services: ['Gatebook', 'Lighthouse'],
  isCommon: (password: string) => password.toLowerCase() === 'password1',
}
const policy = passwordPolicy(rules)
const email = 'ada.lovelace@example.org'

describe('what makes a password guessable', () => {
  test.each([
    ['qm3xk', false],
    ['hj7khj7', false],
    ['hj7khj7k', true],
    ['qm3xkqm3xk', false],
  ])('repeats of up to half of it: %s is %s', (text, isIt) => expect(isRepetitive([...text])).toBe(isIt))

  test.each(['tytyuyuyt', 'zxzzxxzxz', 'tzuztztzu', 'azezazaze', '909900909'])('neighbors on some keyboard: %s', (text) => {
    expect(isSequential([...text])).toBe(true)
    expect(isRepetitive([...text])).toBe(false)
  })

  test('fewer than five characters that do not follow from those before', () => expect(isSequential([...'qm3xk'])).toBe(false))
})

describe('a password beside words that are known', () => {
  const short = (services: readonly string[] = []) => passwordPolicy({ ...rules, minLength: 5, services })

  test('has six characters of its own', () => {
    expect(policy('exampleqm3xk7', email)).toEqual(right('exampleqm3xk7'))
    expect(policy('exampleqm3xk', email)).toEqual(left('contains_email'))
  })
  test('may be shorter where it holds none of them', () => expect(short()('qm3xk', email)).toEqual(right('qm3xk')))
  test('is read without the longer words first', () => expect(policy('examplehj7k', 'x@exam.example')).toEqual(left('contains_email')))
  test('may hold words of up to three characters', () => {
    expect(policy('orgqm3xk', email)).toEqual(right('orgqm3xk'))
    expect(short(['Goo'])('good morning', email)).toEqual(right('good morning'))
  })
})

describe('a password', () => {
  test('of ordinary length is accepted as it is', () => expect(policy('Tr0ub4dor&3', email)).toEqual(right('Tr0ub4dor&3')))

  test('is too short one code point below the least, and not at it', () => {
    expect(policy('1234567', email)).toEqual(left('too_short'))
    expect(policy('tr0ub4do', email)).toEqual(right('tr0ub4do'))
  })

  test('is measured in code points, not in UTF-16 units', () => {
    expect(policy('🐎'.repeat(7), email)).toEqual(left('too_short'))
    expect(policy('🐎🐄🐎🐖🐑🐎🐓🐈', email)).toEqual(right('🐎🐄🐎🐖🐑🐎🐓🐈'))
    const herd = (length: number) => Array.from({ length }, (_, n) => ['🐎', '🐄', '🐖', '🐑', '🐓', '🐈'][((n * n) % 7) % 6]).join('')
    expect(policy(herd(1_024), email)).toEqual(right(herd(1_024)))
    expect(policy(herd(1_025), email)).toEqual(left('too_long'))
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

  test.each(['example.org rocks', 'EXAMPLE.org', 'x-example-7'])('is refused if the domain of the address is most of it: %s', (password) =>
    expect(policy(password, email)).toEqual(left('contains_email')),
  )

  test('may hold a part of the domain beside much else', () =>
    expect(policy('for example a swan', email)).toEqual(right('for example a swan')))

  test.each(['gatebook', 'Gatebook1', 'gatebook-2026-autumn', 'GATEBOOKGATEBOOK'])(
    'is refused with the name of the service in it: %s',
    (password) => expect(policy(password, email)).toEqual(left('contains_service')),
  )

  test.each(['aaaaaaaa', 'AaAaAaAaAa', 'aaaaaaab', 'abababababab', 'xyzzxyzzxyzz', '        ', 'ääääääää', 'aaaabbbbccccdddd'])(
    'is refused if it repeats few characters: %s',
    (password) => expect(policy(password, email)).toEqual(left('repetitive')),
  )

  test.each([
    '12345678',
    '87654321',
    'abcdefgh',
    'zyxwvuts',
    'qwertyui',
    'poiuytrewq',
    '1234abcd',
    'asdfghjkl1234567',
    '11223344556677',
    'qwertzuiop',
    'abcdefghijklmnopqrstuvwxyz',
  ])('is refused if it follows the alphabet, the digits or the keyboard: %s', (password) =>
    expect(policy(password, email)).toEqual(left('sequential')),
  )

  test.each(['correct horse battery', 'Tr0ub4dor&3', 'hj7Kq2!x', 'my 12345678 horses', 'no aaaaaaaa more'])(
    'is not refused for a run in it: %s',
    (password) => expect(policy(password, email)).toEqual(right(password)),
  )

  test('may be shorter beside a second factor', () => {
    const two = passwordPolicy({ ...rules, minLength: 15 })
    expect(two('Tr0ub4dor&3', email)).toEqual(left('too_short'))
    expect(two('Tr0ub4dor&3', email, true)).toEqual(right('Tr0ub4dor&3'))
    expect(two('tr0ub4d', email, true)).toEqual(left('too_short'))
  })

  test('is refused for its length whatever else is wrong with it', () => {
    expect(passwordPolicy({ ...rules, minLength: 20, isCommon: () => true })('ada.lovelace', email)).toEqual(left('too_short'))
  })

  test('that passes is of allowed length, and one of allowed length and many kinds of characters passes', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 40 }), (password) => {
        const letters = [...password.normalize('NFC')]
        const { _tag: verdict } = policy(password, email)
        if (verdict === 'Right') expect(letters.length).toBeGreaterThanOrEqual(8)
        const spread = new Set(letters.map((letter) => Math.floor((letter.toLowerCase().codePointAt(0) ?? 0) / 512)))
        if (letters.length >= 8 && spread.size >= 5) expect(verdict).toBe('Right')
      }),
    )
  })

  test('made of two characters, of one run or of a short unit never passes, however long it is', () => {
    const unit = fc.stringMatching(/^[a-z0-9]{1,4}$/)
    const run = fc
      .tuple(fc.nat(16), fc.integer({ min: 8, max: 20 }))
      .map(([from, length]) => 'abcdefghijklmnopqrstuvwxyzabcdefghijklm'.slice(from, from + length))
    fc.assert(
      fc.property(
        fc.oneof(
          unit.map((text) => text.repeat(20)),
          run.filter((text) => !text.includes('za')),
        ),
        (password) => {
          expect(['repetitive', 'sequential']).toContain((policy(password, email) as { left?: string }).left)
        },
      ),
    )
  })
})
