import { isRight } from 'fp-ts/lib/Either.js'
import type { SendMail } from '../../application/ports/mail.ts'
import { backoff } from '../clock/backoff.ts'

export type Retries = {
  readonly attempts: number
  /** Milliseconds, as for `backoff`. */
  readonly firstMs: number
  readonly longestMs: number
  /** Mails that may wait for another attempt. Beyond that, a mail gets one. */
  readonly waiting: number
  /** Ends all waiting. */
  readonly signal: AbortSignal
}

/** Fails after the last attempt. A mail server that accepts a mail and does not say so gets it again. */
export function retrying(send: SendMail, { attempts, waiting, ...pauses }: Retries): SendMail {
  let paused = 0
  return (mail) => async () => {
    const { pause } = backoff(pauses)
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await send(mail)()
      const isOver = isRight(outcome) || outcome.left.final === true || attempt === attempts
      if (isOver || paused >= waiting || pauses.signal.aborted) return outcome
      paused += 1
      await pause()
      paused -= 1
      if (pauses.signal.aborted) return outcome
    }
  }
}
