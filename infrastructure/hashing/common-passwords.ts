import { dictionary } from '@zxcvbn-ts/language-common'

const howMany = 10_000

export const commonPasswords = new Set(dictionary['passwords-common'].slice(0, howMany).map((password) => password.toLowerCase()))

export function isCommonPassword(password: string) {
  return commonPasswords.has(password.normalize('NFC').toLowerCase())
}
