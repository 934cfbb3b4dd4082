import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Undeliverable } from '../../application/ports/mail.ts'
import type { OtpProvider } from '../../application/ports/otp.ts'
import { codeAt, matchingStep, newSecret, secretOf, stepAt } from './one-time-code.ts'

type Recipient = { readonly accountId: string; readonly email: string }

export type DeliveredCodes = {
  readonly name: string
  /** Brings the code, six digits, to the person. */
  readonly send: (to: Recipient, code: string) => TaskEither<Undeliverable, void>
}

/** A message takes its time: a code is good in the step it was made in and the ten after it, that is for five minutes at least. */
const window = { earlier: 10, later: 0 }
export const minutesGood = 5

/** Codes that are sent to the person. There is nothing to scan; two deliveries within 30 seconds bring the same code. */
export function deliveredCodeProvider({ name, send }: DeliveredCodes): OtpProvider {
  return {
    name,
    newSecret,
    secretOf,
    uri: () => null,
    matchingStep: (secret, code, at) => matchingStep(secret, code, at, window),
    deliver: (secret, to, at) => send(to, codeAt(secret, stepAt(at))),
  }
}
