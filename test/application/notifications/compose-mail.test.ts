import { describe, expect, test } from 'vitest'
import { composeMail, type OwnMailTexts } from '../../../application/notifications/compose-mail.ts'
import { ownTexts } from '../../../application/notifications/own-texts.ts'
import { english } from '../../../application/notifications/texts/english.ts'
import { german } from '../../../application/notifications/texts/german.ts'

const content = { link: 'https://login.example.org/reset#t' }
const message = { kind: 'passwordReset', content } as const

const compose = async (own: OwnMailTexts, language: 'en' | 'de' = 'en') => {
  const faults: (readonly [string, unknown])[] = []
  const { run } = ownTexts({ patience: 30 })
  const letter = await composeMail({ own, onFault: (kind, error) => faults.push([kind, error]), run })(message, language)()
  return { letter, faults }
}

test('without a text of the app it is the built-in one of the language', async () => {
  expect(await compose({ invitation: () => ({ subject: 's', text: 't' }) }, 'de')).toEqual({
    letter: german.passwordReset(content),
    faults: [],
  })
})

test.each([
  ['at once', (text: string) => ({ subject: 'Reset', text, html: `<p>${text}</p>` })],
  ['later', async (text: string) => ({ subject: 'Reset', text, html: `<p>${text}</p>` })],
])('the app may write it %s, for the language', async (_when, write) => {
  const { letter, faults } = await compose({ passwordReset: ({ link, language }) => write(`${language} ${link}`) }, 'de')
  expect(letter).toEqual({ subject: 'Reset', text: `de ${content.link}`, html: `<p>de ${content.link}</p>` })
  expect(faults).toEqual([])
})

describe('the built-in text is sent, and the fault reported, if the text of the app', () => {
  const cases: readonly (readonly [string, () => unknown])[] = [
    [
      'throws',
      () => {
        throw new Error('no template')
      },
    ],
    ['rejects without an error', () => Promise.reject()],
    ['rejects', async () => Promise.reject(new Error('no template'))],
    ['never ends', () => new Promise(() => {})],
    ['is nothing', () => undefined],
    ['is a string', () => 'Reset your password'],
    ['is a list', () => ['s', 't']],
    ['has no text', () => ({ subject: 's' })],
    ['has an empty text', () => ({ subject: 's', text: ' \n' })],
    ['has an empty subject', () => ({ subject: '', text: 't' })],
    ['has a subject of two lines', () => ({ subject: 'a\r\nBcc: eve@example.org', text: 't' })],
    ['has a subject that is long', () => ({ subject: 's'.repeat(201), text: 't' })],
    ['has half a character in its subject', () => ({ subject: 's\ud800', text: 't' })],
    ['is huge', () => ({ subject: 's', text: 't'.repeat(100_001) })],
    ['has HTML that is none', () => ({ subject: 's', text: 't', html: 7 })],
    [
      'has a getter that throws',
      () => ({
        get subject() {
          throw new Error('no')
        },
      }),
    ],
  ]
  test.each(cases)('%s', async (_case, write) => {
    const { letter, faults } = await compose({ passwordReset: write as never })
    expect(letter).toEqual(english.passwordReset(content))
    expect(faults.map(([kind]) => kind)).toEqual(['passwordReset'])
  })
})

test('what the app adds to its letter goes nowhere', async () => {
  const { letter } = await compose({ passwordReset: () => ({ subject: 's', text: 't', to: 'eve@example.org', headers: {} }) as never })
  expect(letter).toEqual({ subject: 's', text: 't' })
})
