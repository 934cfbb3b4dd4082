import { type Either, isRight, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

type CanonicalEmailBrand = { readonly CanonicalEmail: unique symbol }

/** NFC and lower case. */
export type CanonicalEmail = t.Branded<string, CanonicalEmailBrand>

/** In code points. */
const longestAddress = 254
const forbidden = /[\s\p{Z}\p{Cc}\p{Cf}]/u
const oneAtInTheMiddle = /^[^@]+@[^@]+$/u

const fits = (text: string) => [...text].length <= longestAddress

/** Lower-casing can undo NFC, so it is composed again. Not locale dependent: `I` is `i` in Istanbul too. */
const canonical = (text: string) => text.normalize('NFC').toLowerCase().normalize('NFC')

/** Both spellings must fit, so that a canonical address is accepted again. */
export function canonicalEmail(input: string): Either<{ type: 'not_an_email_address' }, CanonicalEmail> {
  if (!input.isWellFormed() || !fits(input)) return left({ type: 'not_an_email_address' })
  const address = canonical(input)
  const accepted = fits(address) && oneAtInTheMiddle.test(address) && !forbidden.test(address)
  return accepted ? right(address as CanonicalEmail) : left({ type: 'not_an_email_address' })
}

/** What a header or SMTP takes for syntax. */
const mailSyntax = /[<>()[\],;:\\"]/

/** Addresses that mail cannot be sent to can still register and log in. */
export function isMailable(address: CanonicalEmail) {
  return !mailSyntax.test(address)
}

export const EmailAddress = new t.Type<CanonicalEmail, string, unknown>(
  'EmailAddress',
  (u): u is CanonicalEmail => {
    const address = typeof u === 'string' ? canonicalEmail(u) : left({ type: 'not_an_email_address' as const })
    return isRight(address) && address.right === u
  },
  (u, context) => {
    const address = typeof u === 'string' ? canonicalEmail(u) : left({ type: 'not_an_email_address' as const })
    return isRight(address) ? t.success(address.right) : t.failure(u, context, 'an e-mail address')
  },
  String,
)
