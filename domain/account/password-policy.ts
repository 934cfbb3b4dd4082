import { type Either, left, right } from 'fp-ts/lib/Either.js'

/** Also the `reason` of the response. */
export type PasswordFlaw = 'too_short' | 'too_long' | 'too_common' | 'contains_email'

/** `minLength` in code points; `isCommon` knows the list and ignores case. */
export type PasswordRules = { readonly minLength: number; readonly isCommon: (password: string) => boolean }

export type PasswordPolicy = (password: string, email: string) => Either<PasswordFlaw, string>

/** In code points of the composed form. Long enough for any passphrase, short enough to hash at no extra cost. */
const longestPassword = 1024

/** Shorter local parts (`al`, `bob`) occur in many words by chance. */
const shortestTellingPart = 4

const fold = (text: string) => text.normalize('NFC').toLowerCase()

const contains = (password: string, email: string) => {
  const secret = fold(password)
  const address = fold(email)
  const localPart = address.slice(0, address.lastIndexOf('@'))
  return secret.includes(address) || ([...localPart].length >= shortestTellingPart && secret.includes(localPart))
}

/** NIST SP 800-63B: a length and a list of common passwords, no rules of composition. Returns the password as given. */
export const passwordPolicy =
  ({ minLength, isCommon }: PasswordRules): PasswordPolicy =>
  (password, email) => {
    const length = [...password.normalize('NFC')].length
    if (length < minLength) return left('too_short')
    if (length > longestPassword) return left('too_long')
    if (isCommon(password)) return left('too_common')
    return contains(password, email) ? left('contains_email') : right(password)
  }
