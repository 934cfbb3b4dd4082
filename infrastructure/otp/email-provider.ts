import { pipe } from 'fp-ts/lib/function.js'
import type { Task } from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Letter, MailContents } from '../../application/notifications/texts/mail-texts.ts'
import type { QueueMail } from '../../application/ports/mail.ts'
import type { OtpProvider } from '../../application/ports/otp.ts'
import { deliveredCodeProvider, minutesGood } from './delivered-code-provider.ts'

export type WriteCode = (accountId: string, content: MailContents['oneTimeCode']) => Task<Letter>

export function emailProvider(sendMail: QueueMail, write: WriteCode): OtpProvider {
  return deliveredCodeProvider({
    name: 'email',
    send: ({ accountId, email }, code) =>
      pipe(
        TE.fromTask(write(accountId, { code, validMinutes: minutesGood })),
        TE.chain((letter) => sendMail({ to: email, ...letter }, { account: accountId })),
      ),
  })
}
