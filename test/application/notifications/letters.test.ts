import { expect, test } from 'vitest'
import { letters as mails } from '../../../application/notifications/letters.ts'
import { later, noon } from '../../support/domain/time.ts'

const letters = {
  verifyRegistration: mails.verifyRegistration('https://login.example.org/register#token=t'),
  alreadyRegistered: mails.alreadyRegistered(),
  invitation: mails.invitation('https://login.example.org/invitation#token=t'),
  confirmEmail: mails.confirmEmail('https://login.example.org/email#token=t'),
  emailTaken: mails.emailTaken(),
  emailChangeRequested: mails.emailChangeRequested(noon),
  emailReplaced: mails.emailReplaced(noon),
  resetPassword: mails.resetPassword('https://login.example.org/reset#token=t'),
  oneTimeCode: mails.oneTimeCode('123456', 5),
  secondFactorAdded: mails.secondFactorAdded(noon),
  secondFactorRemoved: mails.secondFactorRemoved(noon),
  recoveryCodesReplaced: mails.recoveryCodesReplaced(noon),
  accountErased: mails.accountErased(noon),
  passwordChanged: mails.passwordChanged(noon),
  lockedOut: mails.lockedOut(noon, later(60_000)),
  loginAfterFailures: mails.loginAfterFailures(noon, 3),
  recoveryCodeUsed: mails.recoveryCodeUsed(noon),
  enrollmentStarted: mails.enrollmentStarted(noon),
  codeEntryLocked: mails.codeEntryLocked(noon),
  refreshTokenReused: mails.refreshTokenReused(noon),
  newDevice: mails.newDevice(noon),
  roleGranted: mails.roleGranted(noon),
}

test('there is a letter for each occasion, each with a subject of its own', () => {
  expect(Object.keys(letters).sort()).toEqual(Object.keys(mails).sort())
  expect(new Set(Object.values(letters).map(({ subject }) => subject)).size).toBe(Object.keys(letters).length)
})

test('a link or a code stands on a line of its own', () => {
  expect(letters.verifyRegistration.text.split('\n')).toContain('https://login.example.org/register#token=t')
  expect(letters.resetPassword.text.split('\n')).toContain('https://login.example.org/reset#token=t')
  expect(letters.oneTimeCode.text.split('\n')).toContain('123456')
})

test('a code stands in no subject, which a locked screen shows', () => expect(letters.oneTimeCode.subject).not.toMatch(/[0-9]/))

test('a notice says when, in a time zone that it names, and holds no link', () => {
  const { verifyRegistration, invitation, resetPassword, oneTimeCode, alreadyRegistered, confirmEmail, emailTaken, ...notices } = letters
  for (const { text } of Object.values(notices)) {
    expect(text).toContain('2026-06-01 12:00 UTC')
    expect(text).not.toMatch(/https?:|[0-9]{6}/)
  }
  expect(letters.lockedOut.text).toContain('2026-06-01 12:01 UTC')
  expect(letters.loginAfterFailures.text).toContain('after 3 failed attempts')
  expect(mails.loginAfterFailures(noon, 1).text).toContain('after 1 failed attempt.')
})

test('letters are plain ASCII and end with a line end', () => {
  for (const { subject, text } of Object.values(letters)) {
    expect(`${subject}${text}`).toMatch(/^[\n\x20-\x7e]*\n$/)
  }
})
