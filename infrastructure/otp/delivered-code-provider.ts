import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Undeliverable } from '../../application/ports/mail.ts'
import type { OtpProvider } from '../../application/ports/otp.ts'
import { codeAt, matchingStep, newSecret, secretOf, stepAt } from './one-time-code.ts'

type Recipient = { readonly accountId: string; readonly email: string }

export type DeliveredCodes = {
  readonly name: string
  readonly send: (to: Recipient, code: string) => TaskEither<Undeliverable, void>
}

/** Delivery takes time: a code is valid in its own step and the twenty after it. */
const window = { earlier: 20, later: 0 }
export const minutesGood = 10

/** Two deliveries within 30 seconds send the same code. */
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
