import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { left, right } from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, test } from 'vitest'
import { readConsents } from '../../../infrastructure/consents/consents-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-consents-'))
const file = join(folder, 'consents.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const newsletter = {
  purpose: 'newsletter',
  version: '2',
  title: { en: 'Newsletter', 'de-CH': 'Rundbrief' },
  text: { 'de-CH': 'Zwei\nZeilen', en: 'Once a month.' },
}

const readText = (text: string | Buffer) => {
  writeFileSync(file, text)
  return readConsents(file)
}
const read = (...entries: readonly unknown[]) => readText(JSON.stringify(entries))
const refused = (what: string) => left({ type: 'consents_unusable', detail: expect.stringContaining(`CONSENTS_FILE: ${what}`) })

describe('the file of consents', () => {
  test('is read as it stands', () => expect(read(newsletter)).toEqual(right([newsletter])))
  test('may be empty, or not be given', () => {
    expect(read()).toEqual(right([]))
    expect(readConsents(undefined)).toEqual(right([]))
  })
  test('must be there', () => expect(readConsents(join(folder, 'missing.json'))).toEqual(refused('expected a readable file')))
  test('must be JSON in UTF-8', () => {
    expect(readText('[{')).toEqual(refused('expected JSON in UTF-8'))
    expect(readText(Buffer.from([0x22, 0xff, 0x22]))).toEqual(refused('expected JSON in UTF-8'))
  })
  test('has 256 KiB and 20 purposes at most', () => {
    expect(readText(`[]${' '.repeat(262_144)}`)).toEqual(refused('expected a file of at most 256 KiB'))
    const many = (count: number) => Array.from({ length: count }, (_, n) => ({ ...newsletter, purpose: `purpose-${n}` }))
    expect(read(...many(20))._tag).toBe('Right')
    expect(read(...many(21))).toEqual(refused('expected a list of at most 20 purposes'))
    expect(readText('{}')).toEqual(refused('expected a list'))
  })

  test.each<[string, object]>([
    ['purpose', { purpose: 'News letter' }],
    ['purpose', { purpose: '' }],
    ['version', { version: 2 }],
    ['version', { version: 'v'.repeat(65) }],
    ['title', { title: {} }],
    ['title', { title: 'Newsletter' }],
    ['title', { title: { english: 'x', en_US: 'y' } }],
    ['title', { title: { EN: 'Newsletter' } }],
    ['title', { title: { en: 'two\nlines', 'de-CH': 'x' } }],
    ['title', { title: { en: 'x'.repeat(201), 'de-CH': 'x' } }],
    ['text', { text: { en: 'Only in English.' } }],
    ['text', { text: { en: 'x'.repeat(4_001), 'de-CH': 'x' } }],
    ['text', { text: { en: '', 'de-CH': 'x' } }],
    ['text', { text: { en: 'a\u0000b', 'de-CH': 'x' } }],
    ['text', { text: { en: '\ud800', 'de-CH': 'x' } }],
  ])('names the entry and the field that is wrong: %s in %j', (field, change) => {
    const mistaken = read(newsletter, { ...newsletter, purpose: 'other', ...change })
    expect(mistaken).toEqual(refused(`entry 2: ${field}: expected `))
  })

  test('knows no other fields, and no purpose twice', () => {
    expect(read({ ...newsletter, default: true })).toEqual(refused('entry 1: expected an object with purpose, version, title, text'))
    expect(read(null)).toEqual(refused('entry 1: expected an object'))
    expect(read(newsletter, newsletter)).toEqual(refused('entry 2: its purpose stands there twice'))
  })

  test('is not repeated in what is said of it', () => {
    const secret = 'canary-4711'
    for (const change of [{ purpose: `${secret} ` }, { version: `${secret} ` }, { title: { en: `${secret}\n` } }, { [secret]: 1 }])
      expect(JSON.stringify(read({ ...newsletter, ...change }))).not.toContain(secret)
    expect(JSON.stringify(readText(secret))).not.toContain(secret)
  })
})
