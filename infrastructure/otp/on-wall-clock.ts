import type { Now } from '../../application/ports/clock.ts'
import type { OtpProvider } from '../../application/ports/otp.ts'
import { stepAt } from './one-time-code.ts'

/** The time of the use cases never goes back, so after a jump it can stay ahead of the authenticators' time. */
export function onWallClock(otp: OtpProvider, wall: Now): OtpProvider {
  const { matchingStep, deliver } = otp
  return {
    ...otp,
    timeStep: () => stepAt(wall()),
    matchingStep: (secret, code) => matchingStep(secret, code, wall()),
    ...(deliver && { deliver: (secret, to) => deliver(secret, to, wall()) }),
  }
}
