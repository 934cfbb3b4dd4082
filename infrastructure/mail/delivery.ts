import { left, right } from 'fp-ts/lib/Either.js'
import type { SendMail } from '../../application/ports/mail.ts'

/** Without the address and the server's words, which may repeat it. */
export type DeliveryFailure = { readonly code: string; readonly status: number | null }

const failureOf = (error: unknown): DeliveryFailure => {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  return { code: typeof code === 'string' ? code : 'UNKNOWN', status: typeof responseCode === 'number' ? responseCode : null }
}

const refused = 'REFUSED'

/** Other 5xx replies concern the server or the account with it, which an operator can correct. */
const isFinal = ({ code, status }: DeliveryFailure) =>
  code === refused || ((code === 'EENVELOPE' || code === 'EMESSAGE') && status !== null && status >= 500)

export const delivery =
  (send: (mail: Parameters<SendMail>[0]) => Promise<void>, onFailure: (failure: DeliveryFailure) => void): SendMail =>
  (mail) =>
  async () => {
    try {
      return right(await send(mail))
    } catch (error) {
      const failure = failureOf(error)
      onFailure(failure)
      return left({ type: 'undeliverable', ...(isFinal(failure) ? { final: true } : {}) })
    }
  }

export function refusedLetter() {
  return Object.assign(new Error('The mail is not one that may be sent'), { code: refused })
}
