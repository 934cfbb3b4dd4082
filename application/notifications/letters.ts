import type { Instant } from '../../domain/kernel/instant.ts'
import type { Mail } from '../ports/ports.ts'

/** A mail without its address. Constant apart from a link, a code, a number or a time: nothing that a stranger typed gets into it. */
export type Letter = Omit<Mail, 'to'>

const letter = (subject: string, ...paragraphs: readonly string[]): Letter => ({ subject, text: `${paragraphs.join('\n\n')}\n` })

const time = (at: Instant) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
const ifNotYou = 'If this was not you, reset your password now, and tell whoever runs the service.'
const otherwise = 'If you did not ask for this, you need not do anything.'

export function verifyRegistrationLetter(link: string) {
  return letter('Finish your registration', 'Open this link to finish your registration. It works once.', link, otherwise)
}

/** To whoever registers with an address that has an account already; only its owner learns of it. */
export function alreadyRegisteredLetter() {
  return letter(
    'You have an account already',
    'Somebody tried to register with this address. It has an account already: log in, or reset its password.',
    otherwise,
  )
}

export function passwordResetLetter(link: string) {
  return letter('Reset your password', 'Open this link to choose a new password. It works once.', link, otherwise)
}

export function oneTimeCodeLetter(code: string, minutesGood: number) {
  return letter(
    'Your code',
    `${code}`,
    `It is good for ${minutesGood} minutes, and once. Give it to nobody.`,
    'If you did not ask for a code, somebody knows your password: change it.',
  )
}

export function secondFactorAddedLetter(at: Instant) {
  return letter('A second factor was added', `On ${time(at)} a second factor was added to your account.`, ifNotYou)
}

export function secondFactorRemovedLetter(at: Instant) {
  return letter('Your second factor was removed', `On ${time(at)} the second factor of your account was removed.`, ifNotYou)
}

export function recoveryCodesReplacedLetter(at: Instant) {
  return letter('New recovery codes', `On ${time(at)} new recovery codes were made for your account. The old ones are void.`, ifNotYou)
}

export function passwordChangedLetter(at: Instant) {
  return letter(
    'Your password was changed',
    `On ${time(at)} the password of your account was changed. Other sessions have ended.`,
    ifNotYou,
  )
}

export function lockedOutLetter(at: Instant, until: Instant) {
  return letter(
    'Too many failed attempts',
    `On ${time(at)} your account was locked after too many failed attempts. The lock ends by itself on ${time(until)}.`,
    'If this was not you, somebody is guessing. They have not got in.',
  )
}

export function loginAfterFailuresLetter(at: Instant, failures: number) {
  return letter(
    'A log-in after failed attempts',
    `On ${time(at)} somebody logged in to your account, after ${failures} failed ${failures === 1 ? 'attempt' : 'attempts'}.`,
    ifNotYou,
  )
}
