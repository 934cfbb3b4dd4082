import { left } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Undeliverable } from '../application/ports/mail.ts'
import type { OtpProvider } from '../application/ports/otp.ts'
import { deliveredCodeProvider } from '../infrastructure/otp/delivered-code-provider.ts'

/** What your SMS service and your own records of telephone numbers come down to. */
export type SmsService = {
  /** `null` for an account without a number. */
  readonly phoneOf: (accountId: string) => Promise<string | null>
  readonly sendText: (phone: string, text: string) => TaskEither<Undeliverable, void>
}

/** Codes by SMS. Whoever can take over a number gets its codes: offer it to people who would have no second factor at all. */
export const smsProvider = ({ phoneOf, sendText }: SmsService): OtpProvider =>
  deliveredCodeProvider({
    name: 'sms',
    send:
      ({ accountId }, code) =>
      async () => {
        const phone = await phoneOf(accountId)
        if (phone === null) return left({ type: 'undeliverable' })
        return sendText(phone, `${code} is your code. Give it to nobody.`)()
      },
  })
