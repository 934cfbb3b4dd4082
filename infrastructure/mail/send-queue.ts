import { left } from 'fp-ts/lib/Either.js'
import type { SendMail } from '../../application/ports/mail.ts'

export type SendQueue = {
  /** Connections to the mail server at a time. One of them is for urgent mails only. */
  readonly parallel: number
  /** Mails in each line. Beyond that, mails are refused. */
  readonly waiting: number
  readonly onFull: () => void
}

type Turn = (isYours: boolean) => void

/** Two lines in front of one transport, so that mails that strangers cause hold up no code that somebody waits for. */
export function sendQueue(send: SendMail, { parallel, waiting, onFull }: SendQueue) {
  const urgent: Turn[] = []
  const ordinary: Turn[] = []
  let underWay = 0

  const startNext = () => {
    if (underWay >= parallel) return
    const turn = urgent.shift() ?? (underWay < parallel - 1 ? ordinary.shift() : undefined)
    if (turn === undefined) return
    underWay += 1
    turn(true)
  }

  const inLine =
    (line: Turn[]): SendMail =>
    (mail) =>
    async () => {
      if (line.length >= waiting) {
        onFull()
        return left({ type: 'undeliverable' })
      }
      const isMyTurn = await new Promise<boolean>((turn) => {
        line.push(turn)
        startNext()
      })
      if (!isMyTurn) return left({ type: 'undeliverable' })
      try {
        return await send(mail)()
      } finally {
        underWay -= 1
        startNext()
      }
    }

  /** Gives up the mails in line. Those that are under way end by themselves. */
  const clear = () => {
    for (const turn of [...urgent.splice(0), ...ordinary.splice(0)]) turn(false)
  }

  return { urgent: inLine(urgent), ordinary: inLine(ordinary), clear }
}
