import { letters } from '../../application/notifications/letters.ts'
import type { QueueMail } from '../../application/ports/mail.ts'
import type { OtpProvider } from '../../application/ports/otp.ts'
import { deliveredCodeProvider, minutesGood } from './delivered-code-provider.ts'

export function emailProvider(sendMail: QueueMail): OtpProvider {
  return deliveredCodeProvider({
    name: 'email',
    send: ({ accountId, email }, code) => sendMail({ to: email, ...letters.oneTimeCode(code, minutesGood) }, { account: accountId }),
  })
}
