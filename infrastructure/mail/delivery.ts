import { left, right } from 'fp-ts/lib/Either.js'
import type { SendMail } from '../../application/ports/mail.ts'

/** Without the address and the server's words, which may repeat it. */
export type DeliveryFailure = { readonly code: string; readonly status: number | null }

const failureOf = (error: unknown): DeliveryFailure => {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  return { code: typeof code === 'string' ? code : 'UNKNOWN', status: typeof responseCode === 'number' ? responseCode : null }
}

export const delivery =
  (send: (mail: Parameters<SendMail>[0]) => Promise<void>, onFailure: (failure: DeliveryFailure) => void): SendMail =>
  (mail) =>
  async () => {
    try {
      return right(await send(mail))
    } catch (error) {
      onFailure(failureOf(error))
      return left({ type: 'undeliverable' })
    }
  }

export function refusedLetter() {
  return Object.assign(new Error('The mail is not one that may be sent'), { code: 'REFUSED' })
}
