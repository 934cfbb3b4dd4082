import { dictionary } from '@zxcvbn-ts/language-common'

const howMany = 10_000

export const commonPasswords = new Set(dictionary['passwords-common'].slice(0, howMany).map((password) => password.toLowerCase()))

/** One of the 10,000 commonest passwords, in any mixture of case. */
export function isCommonPassword(password: string) {
  return commonPasswords.has(password.normalize('NFC').toLowerCase())
}
