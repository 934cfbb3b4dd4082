import { letter, type MailTexts } from './mail-texts.ts'

const time = (at: Date) => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

const ifNotYou = 'If this was not you, reset your password now and contact the operator of this service.'
const ignore = 'If you did not request this, you can ignore this message.'

export const english: MailTexts = {
  registration: ({ link }) =>
    letter('Finish your registration', 'Open this link to finish your registration. The link works once.', link, ignore),

  alreadyRegistered: () =>
    letter(
      'You already have an account',
      'Someone tried to register with this email address. It already has an account: log in, or reset the password.',
      ignore,
    ),

  invitation: ({ link }) =>
    letter(
      'You are invited',
      'An administrator created an account for you. Open this link to choose a password. The link works once, and for seven days.',
      link,
      'If you did not expect this, you can ignore this message.',
    ),

  emailChange: ({ link }) =>
    letter(
      'Confirm your new email address',
      'Open this link to use this email address for your account. The link works once.',
      link,
      ignore,
    ),

  emailTaken: () =>
    letter(
      'Your email address was asked for',
      'Someone tried to use this email address for another account. It already has an account: log in, or reset the password.',
      ignore,
    ),

  emailChangeRequested: ({ at }) =>
    letter(
      'Your email address is being changed',
      `On ${time(at)} someone asked for another email address for your account. Nothing changes until a link is opened that was mailed there.`,
      ifNotYou,
    ),

  emailReplaced: ({ at }) =>
    letter(
      'Your email address was changed',
      `On ${time(at)} the email address of your account was changed. This address no longer logs in.`,
      'If this was not you, contact the operator of this service now.',
    ),

  passwordReset: ({ link }) => letter('Reset your password', 'Open this link to choose a new password. The link works once.', link, ignore),

  oneTimeCode: ({ code, validMinutes }) =>
    letter(
      'Your code',
      code,
      `This code expires in ${validMinutes} minutes and works once. Do not share it with anyone.`,
      'If you did not request a code, someone knows your password: change it.',
    ),

  secondFactorAdded: ({ at }) => letter('A second factor was added', `On ${time(at)} a second factor was added to your account.`, ifNotYou),

  secondFactorRemoved: ({ at }) =>
    letter('Your second factor was removed', `On ${time(at)} the second factor was removed from your account.`, ifNotYou),

  recoveryCodesReplaced: ({ at }) =>
    letter('New recovery codes', `On ${time(at)} new recovery codes were created for your account. The old ones no longer work.`, ifNotYou),

  recoveryCodeUsed: ({ at }) =>
    letter('A recovery code was used', `On ${time(at)} a recovery code was used with your account. It no longer works.`, ifNotYou),

  enrollmentStarted: ({ at }) =>
    letter('A second factor is being added', `On ${time(at)} someone began to add a second factor to your account.`, ifNotYou),

  codeEntryLocked: ({ at }) =>
    letter(
      'Too many wrong codes',
      `On ${time(at)} someone entered too many wrong codes for your account. Whoever it was knows your password.`,
      'If this was not you, change your password now.',
    ),

  refreshTokenReused: ({ at }) =>
    letter(
      'A session was ended',
      `On ${time(at)} a session of your account was ended, because a token was used twice. Someone may have copied it.`,
      ifNotYou,
    ),

  newDevice: ({ at }) =>
    letter('A login from a new device', `On ${time(at)} someone logged in to your account from a new device.`, ifNotYou),

  roleGranted: ({ at }) => letter('Your account has a new role', `On ${time(at)} your account was given another role.`, ifNotYou),

  keyAdded: ({ at }) => letter('A key was added', `On ${time(at)} a key was added to your account. It can be used to log in.`, ifNotYou),

  keyRemoved: ({ at }) =>
    letter('A key was removed', `On ${time(at)} a key was removed from your account. Other sessions have ended.`, ifNotYou),

  keyRotationProposed: ({ at, deadline }) =>
    letter(
      'A key is being replaced',
      `On ${time(at)} a new key was proposed for your account. It takes the place of the old one on ${time(deadline)}.`,
      'If this was not you, cancel it with the old key before then.',
    ),

  passwordChanged: ({ at }) =>
    letter('Your password was changed', `On ${time(at)} the password of your account was changed. Other sessions have ended.`, ifNotYou),

  accountErased: ({ at }) =>
    letter(
      'Your account was deleted',
      `On ${time(at)} your account was deleted, as you asked for. Your data can no longer be read, and this is our last message.`,
      'If this was not you, contact the operator of this service.',
    ),

  lockedOut: ({ at, until }) =>
    letter(
      'Too many failed attempts',
      `On ${time(at)} your account was locked after too many failed attempts. The lock ends on ${time(until)}.`,
      'If this was not you, someone may be trying to guess your password. They did not get in.',
    ),

  loginAfterFailures: ({ at, failures }) =>
    letter(
      'A login after failed attempts',
      `On ${time(at)} someone logged in to your account after ${failures} failed ${failures === 1 ? 'attempt' : 'attempts'}.`,
      ifNotYou,
    ),
}
