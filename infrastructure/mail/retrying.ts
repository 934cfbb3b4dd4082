import { isRight } from 'fp-ts/lib/Either.js'
import type { QueueMail } from '../../application/ports/mail.ts'
import { backoff } from '../clock/backoff.ts'
import { sharedPlaces } from '../queues/shared-places.ts'
import { mailLines } from './mail-lines.ts'

export type Retries = {
  readonly attempts: number
  /** Milliseconds, as for `backoff`. */
  readonly firstMs: number
  readonly longestMs: number
  /** Mails of strangers, and of accounts, that may wait for another attempt. Beyond a fair share of that, a mail gets one. */
  readonly waiting: number
  /** Ends all waiting. */
  readonly signal: AbortSignal
}

/** Fails after the last attempt. A mail server that accepts a mail and does not say so gets it again. */
export function retrying(send: QueueMail, { attempts, waiting, ...pauses }: Retries): QueueMail {
  const placesOf = mailLines(sharedPlaces(waiting), sharedPlaces(waiting))
  return (mail, share) => async () => {
    const { line: paused, key } = placesOf(share)
    const { pause } = backoff(pauses)
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await send(mail, share)()
      const isOver = isRight(outcome) || outcome.left.final === true || attempt === attempts
      if (isOver || pauses.signal.aborted || !paused.take(key)) return outcome
      await pause()
      paused.giveBack(key)
      if (pauses.signal.aborted) return outcome
    }
  }
}
