import { left } from 'fp-ts/lib/Either.js'
import type { SendMail } from '../../application/ports/mail.ts'

export type SendQueue = {
  /** Connections to the mail server at a time. One of them is for urgent mails only. */
  readonly parallel: number
  /** Mails in each line. Beyond that, mails are refused. */
  readonly waiting: number
  readonly onFull: () => void
}

/** Two lines in front of one transport, so that mails that strangers cause hold up no code that somebody waits for. */
export function sendQueue(send: SendMail, { parallel, waiting, onFull }: SendQueue) {
  const urgent: (() => void)[] = []
  const ordinary: (() => void)[] = []
  let underWay = 0

  const startNext = () => {
    if (underWay >= parallel) return
    const start = urgent.shift() ?? (underWay < parallel - 1 ? ordinary.shift() : undefined)
    if (start === undefined) return
    underWay += 1
    start()
  }

  const inLine =
    (line: (() => void)[]): SendMail =>
    (mail) =>
    async () => {
      if (line.length >= waiting) {
        onFull()
        return left({ type: 'undeliverable' })
      }
      await new Promise<void>((start) => {
        line.push(start)
        startNext()
      })
      try {
        return await send(mail)()
      } finally {
        underWay -= 1
        startNext()
      }
    }

  return { urgent: inLine(urgent), ordinary: inLine(ordinary) }
}
