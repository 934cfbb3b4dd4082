import type { QueueMail, SendMail } from '../../application/ports/mail.ts'
import type { DeliveryOutcome } from '../observability/hooks.ts'
import { watchDelivery } from '../observability/watch-deliveries.ts'
import { type Outbox, outbox } from './outbox.ts'
import { retrying } from './retrying.ts'
import { sendQueue } from './send-queue.ts'
import { smtp } from './smtp.ts'

type Mailer = Outbox & {
  readonly url: string | undefined
  readonly onMail: (outcome: DeliveryOutcome) => void
  readonly wrap?: ((send: SendMail) => SendMail) | undefined
}

/** `waiting` to be sent, or to be sent again. */
export type MailLoad = { readonly waiting: number; readonly places: number }

export type OpenMail = {
  /** Tries for some minutes. For links and notices, which nobody waits for. */
  readonly send: QueueMail
  /** Tries once, before all other mails. For codes. */
  readonly sendNow: QueueMail
  readonly load: () => MailLoad
  /** Mails that wait for another attempt are given up at once, and those in line after some seconds. */
  readonly stop: () => void
}

const lines = { parallel: 4, waiting: 1_000 }

/** Milliseconds. */
const stopsWithin = 5_000

/** About four minutes in all, on average. */
const retries = { attempts: 10, firstMs: 1_000, longestMs: 240_000, waiting: 1_000 }

/** Three lines, and two of mails that are sent again. */
const places = 3 * lines.waiting + 2 * retries.waiting

const counted = () => {
  let waiting = 0
  const count =
    (send: QueueMail): QueueMail =>
    (mail, share) =>
    async () => {
      waiting += 1
      try {
        return await send(mail, share)()
      } finally {
        waiting -= 1
      }
    }
  return { count, load: () => ({ waiting, places }) }
}

export function openMail({ url, onMail, wrap = (send) => send, ...mailer }: Mailer): OpenMail {
  const stopping = new AbortController()
  const transport = watchDelivery(wrap(url === undefined ? outbox(mailer) : smtp({ url, ...mailer })), onMail)
  const { urgent, ordinary, clear } = sendQueue(transport, {
    ...lines,
    onFull: () => mailer.onFailure({ code: 'QUEUE_FULL', status: null }),
  })
  const { count, load } = counted()
  return {
    send: count(retrying(ordinary, { ...retries, signal: stopping.signal })),
    sendNow: count(urgent),
    load,
    stop: () => {
      stopping.abort()
      setTimeout(clear, stopsWithin).unref()
    },
  }
}
