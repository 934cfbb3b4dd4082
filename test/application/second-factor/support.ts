import { answerChallenge } from '../../../application/log-in/answer-challenge.ts'
import { confirmEnrollment, enroll } from '../../../application/second-factor/enroll.ts'
import { codeAt, stepAt } from '../../../infrastructure/otp/one-time-code.ts'
import { succeed } from '../../support/world/outcomes.ts'
import { ada, beginning, registering } from '../../support/world/people.ts'
import type { House } from '../../support/world.ts'

/** What the authenticator shows, `ahead` time steps from now. */
export const codeOf = ({ clock }: House, secret: string, ahead = 0) => codeAt(secret, stepAt(clock.now()) + ahead)

/** Ada with a session and an enrolment that is not confirmed yet. */
export const enrolling = async (house: House) => {
  const inHand = await succeed(registering(house))
  const { accountId, sessionId } = inHand.session
  const { secret, recoveryCodes } = await succeed(enroll(house.deps)(accountId, house.caller))
  if (secret === null) throw new Error('An authenticator has a secret')
  return { ...inHand, accountId, sessionId, secret, recoveryCodes }
}

type Enrolling = Awaited<ReturnType<typeof enrolling>>

export const confirming = ({ deps, caller }: House, { accountId, sessionId }: Enrolling, code: string) =>
  confirmEnrollment(deps)(accountId, { sessionId }, code, caller)

/** Ada with a second factor; half a minute later, so that the code of now is a new one. */
export const enrolled = async (house: House) => {
  const who = await enrolling(house)
  await succeed(confirming(house, who, codeOf(house, who.secret)))
  house.clock.advance(30_000)
  return who
}

export const challengeOf = async (house: House, given?: string) => {
  const begun = await succeed(beginning(house, ada, given))
  if (begun.type !== 'challenged') throw new Error('No second factor is asked for')
  return begun.challenge
}

export const answering = ({ deps, caller }: House, challenge: string, code: string) =>
  answerChallenge(deps)(challenge, code, 'bearer', caller)
