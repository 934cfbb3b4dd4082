import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { OtpProvider } from '../../application/ports/otp.ts'
import type { Delivered } from '../../composition/hooks.ts'

type Tell = (outcome: Delivered) => void

/** Something that is delivered, with what becomes of it told. */
export const watchDelivery =
  <Args extends readonly unknown[], Failure, Done>(deliver: (...args: Args) => TaskEither<Failure, Done>, tell: Tell) =>
  (...args: Args): TaskEither<Failure, Done> =>
  async () => {
    const outcome = await deliver(...args)()
    tell(isLeft(outcome) ? 'undelivered' : 'delivered')
    return outcome
  }

export function watchCodes(otp: OtpProvider, tell: Tell): OtpProvider {
  return otp.deliver === undefined ? otp : { ...otp, deliver: watchDelivery(otp.deliver, tell) }
}
