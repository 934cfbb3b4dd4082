import { left } from 'fp-ts/lib/Either.js'
import type { QueueMail, SendMail } from '../../application/ports/mail.ts'
import { alternately, roundRobin } from '../queues/round-robin.ts'
import { sharedPlaces } from '../queues/shared-places.ts'
import { mailLines } from './mail-lines.ts'

export type SendQueue = {
  /** Connections to the mail server at a time. One of them is for urgent mails only. */
  readonly parallel: number
  /** Mails in each line. Beyond that, and beyond a fair share of it, mails are refused. */
  readonly waiting: number
  readonly onFull: () => void
}

type Turn = (isYours: boolean) => void

const newLine = (waiting: number) => ({ places: sharedPlaces(waiting), turns: roundRobin<Turn>() })

/** Lines in front of one transport, so that mails that strangers cause hold up no code that somebody waits for. */
export function sendQueue(send: SendMail, { parallel, waiting, onFull }: SendQueue) {
  const [urgent, ofNetworks, ofAccounts] = [newLine(waiting), newLine(waiting), newLine(waiting)]
  const nextUrgent = urgent.turns.next
  const nextOrdinary = alternately([ofNetworks.turns.next, ofAccounts.turns.next])
  let underWay = 0

  const startNext = () => {
    if (underWay >= parallel) return
    const turn = nextUrgent() ?? (underWay < parallel - 1 ? nextOrdinary() : undefined)
    if (turn === undefined) return
    underWay += 1
    turn(true)
  }

  const inLine =
    (lineOf: ReturnType<typeof mailLines<typeof urgent>>): QueueMail =>
    (mail, share) =>
    async () => {
      const { line, key } = lineOf(share)
      if (!line.places.take(key)) {
        onFull()
        return left({ type: 'undeliverable' })
      }
      const isMyTurn = await new Promise<boolean>((settle) => {
        line.turns.push(key, (isYours) => {
          line.places.giveBack(key)
          settle(isYours)
        })
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
    for (const next of [nextUrgent, nextOrdinary]) for (let turn = next(); turn !== undefined; turn = next()) turn(false)
  }

  return { urgent: inLine(mailLines(urgent, urgent)), ordinary: inLine(mailLines(ofNetworks, ofAccounts)), clear }
}
