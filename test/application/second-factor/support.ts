import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { answerChallenge } from '../../../application/login/answer-challenge.ts'
import { confirmEnrollment, enroll } from '../../../application/second-factor/enroll.ts'
import { elevateSession } from '../../../application/sessions/elevate-session.ts'
import { codeAt, stepAt } from '../../../infrastructure/otp/one-time-code.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { ada, beginning, registering } from '../../support/test-app/people.ts'
import type { TestApp } from '../../support/test-app.ts'

/** What the authenticator shows, `ahead` time steps from now. */
export const codeOf = ({ clock }: TestApp, secret: string, ahead = 0) => codeAt(secret, stepAt(clock.now()) + ahead)

/** Ada with a session and an enrolment that is not confirmed yet. */
export const enrolling = async (app: TestApp) => {
  const issuedSession = await succeed(registering(app))
  const { accountId, sessionId } = issuedSession.session
  const { secret, recoveryCodes } = await succeed(enroll(app.deps)({ accountId, sessionId, replaces: false }, app.caller))
  if (secret === null) throw new Error('An authenticator has a secret')
  return { ...issuedSession, accountId, sessionId, secret, recoveryCodes }
}

type Enrolling = Awaited<ReturnType<typeof enrolling>>

export const confirming = ({ deps, caller }: TestApp, { accountId, sessionId }: Enrolling, code: string) =>
  confirmEnrollment(deps)({ accountId, by: { sessionId }, code }, caller)

/** Ada with a second factor; half a minute later, so that the code of now is a new one. */
export const enrolled = async (app: TestApp) => {
  const who = await enrolling(app)
  await succeed(confirming(app, who, codeOf(app, who.secret)))
  app.clock.advance(30_000)
  return who
}

export const challengeOf = async (app: TestApp, given?: string) => {
  const begun = await succeed(beginning(app, ada, given))
  if (begun.type !== 'challenged') throw new Error('No second factor is asked for')
  return begun.challenge
}

export const answering = ({ deps, caller }: TestApp, challenge: string, code: string) =>
  pipe(
    answerChallenge(deps)({ challenge, code, transport: 'bearer' }, caller),
    TE.map(({ outcome }) => {
      if (outcome.type === 'challenged') throw new Error('A new password is asked for')
      return outcome
    }),
  )

/** Half a minute later, so that the code of now is a new one. */
export const elevatedByCode = async (app: TestApp, { accountId, sessionId, token, secret }: Enrolling) => {
  const presented = app.deps.crypto.tokens.hash(token)
  const proof = { code: codeOf(app, secret) }
  const elevated = await succeed(elevateSession(app.deps)({ accountId, sessionId, presented, proof }, app.caller))
  app.clock.advance(30_000)
  return elevated
}
