import { oneTimeCodeLetter } from '../../application/notifications/letters.ts'
import type { OtpProvider, SendMail } from '../../application/ports/ports.ts'
import { deliveredCodeProvider, minutesGood } from './delivered-code-provider.ts'

/** Codes by e-mail, to the address of the account. */
export function emailProvider(sendMail: SendMail): OtpProvider {
  return deliveredCodeProvider({
    name: 'email',
    send: ({ email }, code) => sendMail({ to: email, ...oneTimeCodeLetter(code, minutesGood) }),
  })
}
