import { type Either, isRight, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { asciiDomain } from './email-domain.ts'

/** The local part as typed, which mail needs; the domain in A-labels. */
export type EmailAddress = t.Branded<string, { readonly EmailAddress: unique symbol }>

/** For comparison: the local part in NFC and lower case. */
export type CanonicalEmail = t.Branded<string, { readonly CanonicalEmail: unique symbol }>

type NotAnAddress = { readonly type: 'not_an_email_address' }

const notAnAddress = left<NotAnAddress>({ type: 'not_an_email_address' })

/** RFC 5321. Octets of the address, but code points of what was typed, which still has to be mapped. */
const longestAddress = 254
const longestLocalPart = 64

const blanksAround = /^[\p{Zs}\t]+|[\p{Zs}\t]+$/gu
const oneAtInTheMiddle = /^([^@]+)@([^@]+)$/u

/** In NFC, which makes a semicolon of U+037E. The last ones are syntax of headers and of SMTP. */
const forbidden = /[\s\p{Z}\p{Cc}\p{Cf}<>()[\],;:\\"]/u

const octets = (text: string) => new TextEncoder().encode(text).length

/** Removes blanks around the address, and the dot of the root. */
export function readEmailAddress(typed: string): Either<NotAnAddress, EmailAddress> {
  if (!typed.isWellFormed() || [...typed].length > longestAddress) return notAnAddress
  const text = typed.replace(blanksAround, '')
  const [, localPart, domain] = oneAtInTheMiddle.exec(text) ?? []
  if (localPart === undefined || domain === undefined || forbidden.test(text.normalize('NFC'))) return notAnAddress
  const ascii = asciiDomain(domain)
  const address = `${localPart}@${ascii}`
  const fits = octets(localPart) <= longestLocalPart && octets(address) <= longestAddress
  return ascii !== null && fits ? right(address as EmailAddress) : notAnAddress
}

/** Lower-casing can undo NFC, so it is composed again. Not locale dependent: `I` is `i` in Istanbul too. */
const folded = (text: string) => text.normalize('NFC').toLowerCase().normalize('NFC')

export function canonicalEmail(address: EmailAddress) {
  return folded(address) as CanonicalEmail
}

/** Whether an address begins with what was typed. A domain outside ASCII has to be complete. */
export function beginsWith(typed: string) {
  const [localPart = '', domain] = typed.replace(blanksAround, '').split('@')
  const prefix = folded(domain === undefined ? localPart : `${localPart}@${asciiDomain(domain) ?? domain}`)
  return (address: string) => folded(address).startsWith(prefix)
}

export const EmailAddress = new t.Type<EmailAddress, string, unknown>(
  'EmailAddress',
  (u): u is EmailAddress => {
    const address = typeof u === 'string' ? readEmailAddress(u) : notAnAddress
    return isRight(address) && address.right === u
  },
  (u, context) => {
    const address = typeof u === 'string' ? readEmailAddress(u) : notAnAddress
    return isRight(address) ? t.success(address.right) : t.failure(u, context, 'an e-mail address')
  },
  String,
)
