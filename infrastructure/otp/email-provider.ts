import { letters } from '../../application/notifications/letters.ts'
import type { SendMail } from '../../application/ports/mail.ts'
import type { OtpProvider } from '../../application/ports/otp.ts'
import { deliveredCodeProvider, minutesGood } from './delivered-code-provider.ts'

export function emailProvider(sendMail: SendMail): OtpProvider {
  return deliveredCodeProvider({
    name: 'email',
    send: ({ email }, code) => sendMail({ to: email, ...letters.oneTimeCode(code, minutesGood) }),
  })
}
