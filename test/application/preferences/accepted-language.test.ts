import { expect, test } from 'vitest'
import { acceptedLanguage } from '../../../application/preferences/accepted-language.ts'

test.each([
  ['de', 'de'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['it-IT, fr;q=0.5, en;q=0.7', 'en'],
  ['EN-us', 'en'],
  ['en;q=0, es;q=0.1', 'es'],
  [' fr ; q=1.000 ', 'fr'],
  ['en;q=0.5,de;q=0.5', 'en'],
])('%j prefers %s', (header, language) => expect(acceptedLanguage(header)).toBe(language))

test.each([
  undefined,
  '',
  '*',
  'it',
  'english',
  'de_DE',
  'en;q=0',
  'en;q=x',
  'en;q=7',
  'en;level=1',
  ';;;,,,',
  '\u0000de',
  `${'it,'.repeat(20)}en`,
])('%j names no language of ours', (header) => expect(acceptedLanguage(header)).toBeNull())

test('a header of any length takes no time', () => {
  expect(acceptedLanguage(`${' '.repeat(1_000_000)}de;${'q=0'.repeat(100_000)}`)).toBeNull()
})
