import { isRight, right } from 'fp-ts/lib/Either.js'
import type { Mail, SendMail } from '../../application/ports/mail.ts'

export type TestMail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string | null
  /** The first address in the text. */
  readonly link: string | null
  /** What the call behind the link takes as `token`. */
  readonly token: string | null
  /** A one-time code. */
  readonly code: string | null
}

/** A sealed value, behind `#` or in a query string. */
const sealed = /[a-z0-9-]{1,64}\.[A-Za-z0-9_-]{38,}/

const readMail = ({ to, subject, text, html }: Mail): TestMail => {
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? null
  const [beforeToken = '', ...rest] = link?.split(/(?=[#?])/) ?? []
  const token = sealed.exec(rest.join(''))?.[0] ?? sealed.exec(beforeToken.replace(/^https?:\/\/[^/]*/, ''))?.[0] ?? null
  return { to, subject, text, html: html ?? null, link, token, code: /^\d{6}$/m.exec(text)?.[0] ?? null }
}

/** `send` delivers nothing: the mail stays here. `watch` keeps a copy of what was delivered. */
export function mailbox() {
  let mails: readonly TestMail[] = []
  const keep = (mail: Mail) => {
    mails = [...mails, readMail(mail)]
  }
  return {
    send: (mail: Mail) => async () => right(keep(mail)),
    watch:
      (send: SendMail): SendMail =>
      (mail) =>
      async () => {
        const outcome = await send(mail)()
        if (isRight(outcome)) keep(mail)
        return outcome
      },
    all: () => mails,
    forget: (to: string) => {
      mails = mails.filter((mail) => mail.to !== to)
    },
  }
}

export type Mailbox = ReturnType<typeof mailbox>
