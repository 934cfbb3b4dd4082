import { createTransport } from 'nodemailer'
import type { SendMail } from '../../application/ports/mail.ts'
import { isLoopback } from '../network/is-loopback.ts'
import { type DeliveryFailure, delivery, refusedLetter } from './delivery.ts'
import { transportOptions } from './transport-options.ts'

export type Smtp = {
  /** `smtps://user:password@host:465`, or `smtp://host:587`, which needs STARTTLS unless the host is loopback or `?requireTLS=false` says otherwise. */
  readonly url: string
  /** `name@host` or `Name <name@host>` */
  readonly from: string
  readonly onFailure: (failure: DeliveryFailure) => void
  /** Milliseconds from the beginning to the server's last word; 20,000 unless told. */
  readonly deadline?: number
}

/** Each part of the dialogue has a limit, and the whole has one too: a server that trickles would keep within the parts. */
const limits = (deadline: number) => {
  const part = Math.ceil(deadline / 2)
  return { connectionTimeout: part, greetingTimeout: part, socketTimeout: part, dnsTimeout: part }
}

const serverOf = (text: string) => {
  const url = new URL(text)
  const secure = url.protocol === 'smtps:'
  // Nobody can listen in between, and a server on the same machine rarely has a signed certificate.
  const ignoreTLS = !secure && isLoopback(url.hostname)
  const requireTLS = !secure && !ignoreTLS && url.searchParams.get('requireTLS') !== 'false'
  const auth = url.username === '' ? {} : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
  const port = url.port === '' ? {} : { port: Number(url.port) }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), secure, ignoreTLS, requireTLS, ...port, ...auth }
}

/** Mail through an SMTP server, one connection each. On success the server has taken it. */
export function smtp({ url, from, onFailure, deadline = 20_000 }: Smtp): SendMail {
  const transport = createTransport({ ...serverOf(url), ...limits(deadline) })
  return delivery(async (mail) => {
    const letter = transportOptions(from, mail)
    if (letter === null) throw refusedLetter()
    await transport.sendMail({ ...letter, signal: AbortSignal.timeout(deadline) })
  }, onFailure)
}
