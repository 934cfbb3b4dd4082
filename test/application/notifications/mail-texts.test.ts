import { describe, expect, test } from 'vitest'
import { english } from '../../../application/notifications/texts/english.ts'
import { french } from '../../../application/notifications/texts/french.ts'
import { german } from '../../../application/notifications/texts/german.ts'
import type { MailContents, MailKind, MailTexts } from '../../../application/notifications/texts/mail-texts.ts'
import { spanish } from '../../../application/notifications/texts/spanish.ts'
import { later, noon } from '../../support/domain/time.ts'

const at = new Date(noon)
const link = 'https://login.example.org/reset#token=t'

const contents: MailContents = {
  registration: { link },
  alreadyRegistered: {},
  invitation: { link },
  emailChange: { link },
  emailTaken: {},
  emailChangeRequested: { at },
  emailReplaced: { at },
  passwordReset: { link },
  oneTimeCode: { code: '123456', validMinutes: 5 },
  secondFactorAdded: { at },
  secondFactorRemoved: { at },
  recoveryCodesReplaced: { at },
  recoveryCodeUsed: { at },
  enrollmentStarted: { at },
  codeEntryLocked: { at },
  refreshTokenReused: { at },
  newDevice: { at },
  roleGranted: { at },
  passwordChanged: { at },
  keyAdded: { at },
  keyRemoved: { at },
  keyRotationProposed: { at, deadline: new Date(later(259_200_000)) },
  accountErased: { at },
  lockedOut: { at, until: new Date(later(60_000)) },
  loginAfterFailures: { at, failures: 3 },
}

const kinds = Object.keys(contents) as MailKind[]
const letterOf = (texts: MailTexts, kind: MailKind) =>
  (texts[kind] as (content: unknown) => ReturnType<MailTexts[MailKind]>)(contents[kind])

const noonIn = {
  English: '2026-06-01 12:00 UTC',
  German: '1. Juni 2026 um 12:00 UTC',
  French: '1 juin 2026 à 12:00 UTC',
  Spanish: '1 de junio de 2026 a las 12:00 UTC',
}

describe.each([
  ['English', english],
  ['German', german],
  ['French', french],
  ['Spanish', spanish],
] as const)('the mails in %s', (language, texts) => {
  test('are one for each occasion, each with a subject of its own', () => {
    expect(Object.keys(texts).sort()).toEqual([...kinds].sort())
    expect(new Set(kinds.map((kind) => letterOf(texts, kind).subject)).size).toBe(kinds.length)
  })

  test('have a link or a code on a line of its own, and no code in a subject, which a locked screen shows', () => {
    for (const kind of kinds.filter((kind) => 'link' in contents[kind])) expect(letterOf(texts, kind).text.split('\n')).toContain(link)
    expect(letterOf(texts, 'oneTimeCode').text.split('\n')).toContain('123456')
    expect(letterOf(texts, 'oneTimeCode').text).toContain('5')
    expect(letterOf(texts, 'oneTimeCode').subject).not.toMatch(/[0-9]/)
  })

  test('that are notices say when, in a time zone that they name, and hold no link', () => {
    const notices = kinds.filter((kind) => 'at' in contents[kind])
    expect(notices).toHaveLength(18)
    for (const kind of notices) {
      expect(letterOf(texts, kind).text).toContain(noonIn[language])
      expect(letterOf(texts, kind).text).not.toMatch(/https?:|[0-9]{6}/)
    }
    expect(letterOf(texts, 'lockedOut').text).toContain(noonIn[language].replace('12:00', '12:01'))
    expect(letterOf(texts, 'loginAfterFailures').text).toContain('3')
  })

  test('count one failure as one', () => {
    const of = (failures: number) => texts.loginAfterFailures({ at, failures }).text.replace(`${failures} `, '')
    expect(of(1)).not.toBe(of(3))
    expect(of(2)).toBe(of(3))
  })

  test('end with a line end and fit a mail: a subject of one line, no control character', () => {
    for (const kind of kinds) {
      const { subject, text, ...others } = letterOf(texts, kind)
      expect(others).toEqual({})
      expect(subject).toMatch(/^\P{C}{4,78}$/u)
      expect(text).toMatch(/^[\n\P{C}]+\n$/u)
    }
  })

  test('say the same in other words', () => {
    if (texts === english) return
    for (const kind of kinds) {
      expect(letterOf(texts, kind).subject).not.toBe(letterOf(english, kind).subject)
      expect(letterOf(texts, kind).text.split('\n\n')).toHaveLength(letterOf(english, kind).text.split('\n\n').length)
    }
  })
})

test('the English ones are plain ASCII', () => {
  for (const kind of kinds) expect(`${letterOf(english, kind).subject}${letterOf(english, kind).text}`).toMatch(/^[\n\x20-\x7e]*\n$/)
})
