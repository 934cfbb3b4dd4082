import { isRight } from 'fp-ts/lib/Either.js'
import type { SendMailOptions } from 'nodemailer'
import type { Mail } from '../../application/ports/mail.ts'
import { readEmailAddress } from '../../domain/account/email-address.ts'

/** No syntax of headers or SMTP, and never more than one recipient. */
const isPlain = (to: string) => {
  const address = readEmailAddress(to)
  return isRight(address) && address.right === to
}

/** `null` for a mail that must not be sent. */
export function transportOptions(from: string, { to, subject, text, html }: Mail): SendMailOptions | null {
  if (!isPlain(to) || /[\p{Cc}\u2028\u2029]/u.test(subject)) return null
  const headers = { 'Auto-Submitted': 'auto-generated' }
  const body = { subject, text, ...(html === undefined ? {} : { html }) }
  return { from, to: { name: '', address: to }, ...body, headers, disableFileAccess: true, disableUrlAccess: true }
}
