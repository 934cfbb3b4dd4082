import { isRight } from 'fp-ts/lib/Either.js'
import type { SendMailOptions } from 'nodemailer'
import type { Mail } from '../../application/ports/mail.ts'
import { canonicalEmail, isMailable } from '../../domain/account/email-address.ts'

/**
 * Plain addresses only: nothing that a header or the SMTP dialogue could take for syntax, and never more than one recipient. How long an address may be and
 * in which alphabet is for the server to say that takes the mail.
 */
const isPlain = (to: string) => {
  const address = canonicalEmail(to)
  return isRight(address) && isMailable(address.right)
}

/** What goes to the transport, or null for a mail that must not: a strange address, or a subject of more than one line. */
export function transportOptions(from: string, { to, subject, text }: Mail): SendMailOptions | null {
  if (!isPlain(to) || /[\p{Cc}\u2028\u2029]/u.test(subject)) return null
  const headers = { 'Auto-Submitted': 'auto-generated' }
  return { from, to: { name: '', address: to }, subject, text, headers, disableFileAccess: true, disableUrlAccess: true }
}
