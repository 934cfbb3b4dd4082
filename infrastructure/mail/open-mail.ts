import type { QueueMail } from '../../application/ports/mail.ts'
import type { DeliveryOutcome } from '../observability/hooks.ts'
import { watchDelivery } from '../observability/watch-deliveries.ts'
import { type Outbox, outbox } from './outbox.ts'
import { retrying } from './retrying.ts'
import { sendQueue } from './send-queue.ts'
import { smtp } from './smtp.ts'

type Mailer = Outbox & { readonly url: string | undefined; readonly onMail: (outcome: DeliveryOutcome) => void }

export type OpenMail = {
  /** Tries for some minutes. For links and notices, which nobody waits for. */
  readonly send: QueueMail
  /** Tries once, before all other mails. For codes. */
  readonly sendNow: QueueMail
  /** Mails that wait for another attempt are given up at once, and those in line after some seconds. */
  readonly stop: () => void
}

const lines = { parallel: 4, waiting: 1_000 }

/** Milliseconds. */
const stopsWithin = 5_000

/** About four minutes in all, on average. */
const retries = { attempts: 10, firstMs: 1_000, longestMs: 240_000, waiting: 1_000 }

export function openMail({ url, onMail, ...mailer }: Mailer): OpenMail {
  const stopping = new AbortController()
  const transport = watchDelivery(url === undefined ? outbox(mailer) : smtp({ url, ...mailer }), onMail)
  const { urgent, ordinary, clear } = sendQueue(transport, {
    ...lines,
    onFull: () => mailer.onFailure({ code: 'QUEUE_FULL', status: null }),
  })
  return {
    send: retrying(ordinary, { ...retries, signal: stopping.signal }),
    sendNow: urgent,
    stop: () => {
      stopping.abort()
      setTimeout(clear, stopsWithin).unref()
    },
  }
}
