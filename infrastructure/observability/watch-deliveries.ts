import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { OtpProvider } from '../../application/ports/otp.ts'
import type { DeliveryOutcome } from './hooks.ts'

type Observe = (outcome: DeliveryOutcome) => void

export const watchDelivery =
  <Args extends readonly unknown[], Failure, Done>(deliver: (...args: Args) => TaskEither<Failure, Done>, observe: Observe) =>
  (...args: Args): TaskEither<Failure, Done> =>
  async () => {
    const outcome = await deliver(...args)()
    observe(isLeft(outcome) ? 'failed' : 'delivered')
    return outcome
  }

export function watchCodes(otp: OtpProvider, observe: Observe): OtpProvider {
  return otp.deliver === undefined ? otp : { ...otp, deliver: watchDelivery(otp.deliver, observe) }
}
