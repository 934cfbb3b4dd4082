import { left } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { deliveredCodeProvider, type OtpProvider, type Undeliverable } from 'gatebook'

export type SmsService = {
  /** `null` for an account without a number. */
  readonly phoneOf: (accountId: string) => Promise<string | null>
  readonly sendText: (phone: string, text: string) => TaskEither<Undeliverable, void>
}

/** Anyone who takes over a phone number gets its codes: offer SMS only to people who would have no second factor otherwise. */
export const smsProvider = ({ phoneOf, sendText }: SmsService): OtpProvider =>
  deliveredCodeProvider({
    name: 'sms',
    send:
      ({ accountId }, code) =>
      async () => {
        const phone = await phoneOf(accountId)
        if (phone === null) return left({ type: 'undeliverable' })
        return sendText(phone, `${code} is your code. Do not share it.`)()
      },
  })
