import * as t from 'io-ts'
import { answerChallenge, confirmByChallenge, enrollByChallenge, sendCodeForChallenge } from '../../application/login/answer-challenge.ts'
import { text } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'
import { transport } from '../shapes/credentials.ts'
import { Code, EnrollmentAnswer, sendProblems } from '../shapes/second-factor.ts'
import { Authenticated, authenticated, PasswordChangeRequired } from '../shapes/session.ts'

const challenge = { challenge: text(1, 256) }

const removed = { secondFactorRemoved: t.literal(true) }

const CodeAnswer = t.union([
  strictObject(Authenticated.required, { ...Authenticated.optional, ...removed }),
  strictObject(PasswordChangeRequired.required, removed),
])

export function answerChallengeRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/login/otp',
    tag: 'Login',
    summary: 'Complete login with a code',
    description:
      'A one-time code or a recovery code. `secondFactorRemoved`: that was the last code of a jump-ahead set, so the second factor is now disabled.',
    body: strictObject({ ...challenge, code: Code }, transport),
    responses: { 200: CodeAnswer },
    problems: ['SECOND_FACTOR_FAILED', 'RECOVERY_CODE_REQUIRED', 'LOCKED_OUT', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(({ body: { transport = 'cookie', ...body } }, request) =>
    context.answer(answerChallenge(context)({ ...body, transport }, context.callerOf(request)), ({ outcome, secondFactorRemoved }) => {
      const told = secondFactorRemoved ? { secondFactorRemoved: true as const } : {}
      if (outcome.type === 'challenged')
        return { status: 200, body: { status: 'password_change_required', challenge: outcome.challenge, ...told } } as const
      request.returnPlace?.(outcome.session.accountId)
      const { body: shown, cookie } = authenticated(outcome, transport, context.journal.now())
      return { status: 200, body: { ...shown, ...told }, ...(cookie === undefined ? {} : { cookie }) } as const
    }),
  )
}

export function sendForChallengeRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/login/otp/send',
    tag: 'Login',
    summary: 'Send another code for the challenge',
    description: 'At most one code in 30 seconds, and five unused codes in 15 minutes. 404 if codes come from an authenticator app.',
    body: strictObject(challenge),
    responses: { 202: null },
    problems: ['SECOND_FACTOR_FAILED', ...sendProblems],
    limit: 'password',
  })(({ body: { challenge } }, request) => context.answer(sendCodeForChallenge(context)(challenge, context.callerOf(request)), status(202)))
}

export function enrollByChallengeRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/login/enroll',
    tag: 'Login',
    summary: 'Start enrollment of a required second factor',
    body: strictObject(challenge),
    responses: { 200: EnrollmentAnswer },
    problems: ['SECOND_FACTOR_FAILED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })(({ body: { challenge } }, request) =>
    context.answer(
      enrollByChallenge(context)(challenge, context.callerOf(request)),
      (enrollment) => ({ status: 200, body: { ...enrollment, recoveryCodes: [...enrollment.recoveryCodes] } }) as const,
    ),
  )
}

export function confirmByChallengeRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/login/enroll/confirm',
    tag: 'Login',
    summary: 'Confirm enrollment with a code and complete login',
    body: strictObject({ ...challenge, code: Code }, transport),
    responses: { 200: Authenticated },
    problems: ['SECOND_FACTOR_FAILED', 'NOT_ENROLLED', 'LOCKED_OUT', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(({ body: { transport = 'cookie', ...body } }, request) =>
    context.answer(confirmByChallenge(context)({ ...body, transport }, context.callerOf(request)), (issued) => {
      request.returnPlace?.(issued.session.accountId)
      return { status: 200, ...authenticated(issued, transport, context.journal.now()) } as const
    }),
  )
}
