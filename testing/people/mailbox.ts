import { isRight, right } from 'fp-ts/lib/Either.js'
import type { Mail, SendMail } from '../../application/ports/mail.ts'
import { canonicalEmail, readEmailAddress } from '../../domain/account/email-address.ts'

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

/** As the service compares addresses: case and blanks around them do not count. */
const comparable = (address: string) => {
  const read = readEmailAddress(address)
  return isRight(read) ? canonicalEmail(read.right) : address
}

/** `send` delivers nothing: the mail stays here. `watch` keeps a copy of what was delivered. */
export function mailbox() {
  let kept: readonly { readonly number: number; readonly mail: TestMail }[] = []
  let newest = 0
  const keep = (mail: Mail) => {
    newest += 1
    kept = [...kept, { number: newest, mail: readMail(mail) }]
  }
  const isTo = (to: string) => {
    const wanted = comparable(to)
    return ({ mail }: (typeof kept)[number]) => comparable(mail.to) === wanted
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
    mails: (to?: string) => (to === undefined ? kept : kept.filter(isTo(to))).map(({ mail }) => mail),
    /** Of the newest mail. */
    number: () => newest,
    /** Of mails to the address, those that came after the one of that number. */
    forget: (to: string, since: number) => {
      const isAddressed = isTo(to)
      kept = kept.filter((entry) => entry.number <= since || !isAddressed(entry))
    },
  }
}

export type Mailbox = ReturnType<typeof mailbox>
