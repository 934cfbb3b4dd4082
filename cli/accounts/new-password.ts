import { randomInt } from 'node:crypto'
import { askForNewPassword, passwordOnStdin } from '../operator/ask.ts'

/** Without what looks alike. */
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** More than 115 bits, in groups that can be read out. */
const generated = () =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')).join('-')

export type PasswordOptions = { readonly passwordStdin?: boolean; readonly generatePassword?: boolean }

/** `shown`: it was made here, so nobody knows it yet. Never read from an argument: anyone on the machine can read those. */
export async function newPassword({ passwordStdin, generatePassword }: PasswordOptions) {
  if (generatePassword === true) return { password: generated(), shown: true }
  return { password: passwordStdin === true ? await passwordOnStdin() : await askForNewPassword(), shown: false }
}
