import type { SendMailOptions } from 'nodemailer'
import type { Mail } from '../../application/ports.ts'

/** Plain addresses only: nothing that a header or the SMTP dialogue could take for syntax, and never more than one recipient. */
const plainAddress = /^[^\s\p{C}<>()[\],;:\\"@]{1,64}@[^\s\p{C}<>()[\],;:\\"@]{1,255}$/u

/** What goes to the transport, or null for a mail that must not: a strange address, or a subject of more than one line. */
export const letterOf = (from: string, { to, subject, text }: Mail): SendMailOptions | null => {
  if (!plainAddress.test(to) || /[\p{Cc}\u2028\u2029]/u.test(subject)) return null
  const headers = { 'Auto-Submitted': 'auto-generated' }
  return { from, to: { name: '', address: to }, subject, text, headers, disableFileAccess: true, disableUrlAccess: true }
}
