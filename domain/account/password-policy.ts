import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { isRepetitive, isSequential } from './guessable-characters.ts'

export type PasswordFlaw =
  | 'too_short'
  | 'too_long'
  | 'too_common'
  | 'repetitive'
  | 'sequential'
  | 'contains_email'
  | 'contains_service'
  | 'breached'
  | 'unchanged'

/** Lengths in code points. `isCommon` knows the list and ignores case. */
export type PasswordRules = {
  /** Where the password is all that a login needs. */
  readonly minLength: number
  /** Where a second factor is enrolled or required of everybody. */
  readonly minLengthWithFactor: number
  readonly isCommon: (password: string) => boolean
  /** Its names. */
  readonly services: readonly string[]
}

export type PasswordPolicy = (password: string, email: string, hasSecondFactor?: boolean) => Either<PasswordFlaw, string>

/** In code points of the composed form. Long enough for any passphrase, short enough to hash at no extra cost. */
export const longestPassword = 1024

/** Shorter words (`al`, `bob`) occur in many others by chance. */
const shortestTellingWord = 4

/** What must be left of a password without the words that anybody who knows the service and the address would try. */
const leastBesideWords = 6

const fold = (text: string) => text.normalize('NFC').toLowerCase()

const isTelling = (word: string) => [...word].length >= shortestTellingWord

const addressWords = (email: string) => {
  const address = fold(email)
  const at = address.lastIndexOf('@')
  return [address, address.slice(0, at), address.slice(at + 1)].filter(isTelling)
}

const parts = (words: readonly string[]) => words.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u)).filter(isTelling)

const isMostly = (secret: string, words: readonly string[]) => {
  const longestFirst = words.toSorted((a, b) => b.length - a.length)
  const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ''), secret)
  return rest !== secret && [...rest].length < leastBesideWords
}

const contains = (secret: string, words: readonly string[]) => words.some((word) => secret.includes(word)) || isMostly(secret, parts(words))

const flawOf = (secret: string, email: string, services: readonly string[]): PasswordFlaw | null => {
  if (contains(secret, addressWords(email))) return 'contains_email'
  if (contains(secret, services.map(fold).filter(isTelling))) return 'contains_service'
  const letters = [...secret]
  if (isRepetitive(letters)) return 'repetitive'
  return isSequential(letters) ? 'sequential' : null
}

/** NIST SP 800-63B-4: a length, common passwords and words of the context, no rules of composition. Returns the password as given. */
export const passwordPolicy =
  ({ minLength, minLengthWithFactor, isCommon, services }: PasswordRules): PasswordPolicy =>
  (password, email, hasSecondFactor = false) => {
    const length = [...password.normalize('NFC')].length
    if (length < (hasSecondFactor ? minLengthWithFactor : minLength)) return left('too_short')
    if (length > longestPassword) return left('too_long')
    if (isCommon(password)) return left('too_common')
    const flaw = flawOf(fold(password), email, services)
    return flaw === null ? right(password) : left(flaw)
  }
