import { createTransport } from 'nodemailer'
import type { SendMail } from '../../application/ports/mail.ts'
import { isLoopback } from '../network/is-loopback.ts'
import { type DeliveryFailure, delivery, refusedLetter } from './delivery.ts'
import { transportOptions } from './transport-options.ts'

export type Smtp = {
  /** `smtps://user:password@host:465` or `smtp://host:587`. `smtp` needs STARTTLS, except on loopback or with `?requireTLS=false`. */
  readonly url: string
  readonly from: string
  readonly onFailure: (failure: DeliveryFailure) => void
  /** Milliseconds for the whole dialogue. */
  readonly deadline?: number
}

/** The dialogue also has a deadline as a whole, because a slow server could stay within the limit of each part. */
const limits = (deadline: number) => {
  const part = Math.ceil(deadline / 2)
  return { connectionTimeout: part, greetingTimeout: part, socketTimeout: part, dnsTimeout: part }
}

const serverOf = (text: string) => {
  const url = new URL(text)
  const secure = url.protocol === 'smtps:'
  // Loopback traffic cannot be intercepted, and local servers rarely have a valid certificate.
  const ignoreTLS = !secure && isLoopback(url.hostname)
  const requireTLS = !secure && !ignoreTLS && url.searchParams.get('requireTLS') !== 'false'
  const auth = url.username === '' ? {} : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
  const port = url.port === '' ? {} : { port: Number(url.port) }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), secure, ignoreTLS, requireTLS, ...port, ...auth }
}

export function smtp({ url, from, onFailure, deadline = 20_000 }: Smtp): SendMail {
  const transport = createTransport({ ...serverOf(url), ...limits(deadline) })
  return delivery(async (mail) => {
    const letter = transportOptions(from, mail)
    if (letter === null) throw refusedLetter()
    await transport.sendMail({ ...letter, signal: AbortSignal.timeout(deadline) })
  }, onFailure)
}
