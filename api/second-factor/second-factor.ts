import * as t from 'io-ts'
import { sendCode } from '../../application/second-factor/deliver-code.ts'
import { removeSecondFactor } from '../../application/second-factor/disable.ts'
import { confirmEnrollment, enroll } from '../../application/second-factor/enroll.ts'
import { renewRecoveryCodes } from '../../application/second-factor/renew-recovery-codes.ts'
import { secondFactorOf } from '../../application/second-factor/status.ts'
import { time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { status } from '../refusals.ts'
import { Code, EnrollmentAnswer, sendProblems } from '../shapes/second-factor.ts'

const tag = 'Second factor'

const Standing = strictObject({
  enrolled: t.boolean,
  confirmedAt: t.union([time, t.null]),
  recoveryCodesLeft: t.number,
  mode: t.string,
  required: t.boolean,
})

const showRoute = (context: Context) =>
  defineRoute({
    method: 'GET',
    url: '/totp',
    tag,
    summary: 'How the second factor stands',
    guards: context.guards.session,
    answers: { 200: Standing },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
  })((_, request) =>
    context.answer(secondFactorOf(context)(sessionOf(request).accountId), ({ confirmedAt, recoveryCodesLeft, required }) => {
      const body = { enrolled: confirmedAt !== null, confirmedAt, recoveryCodesLeft, mode: context.crypto.otp.name, required }
      return { status: 200, body } as const
    }),
  )

const enrollRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/totp/enroll',
    tag,
    summary: 'Begin to enrol; secret and recovery codes are shown once',
    description: 'Inert until it is confirmed; a second call voids the first.',
    guards: context.guards.elevated,
    answers: { 200: EnrollmentAnswer },
    problems: ['ALREADY_ENROLLED', 'NOT_FOUND', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })((_, request) =>
    context.answer(
      enroll(context)(sessionOf(request).accountId, context.callerOf(request)),
      (enrollment) => ({ status: 200, body: { ...enrollment, recoveryCodes: [...enrollment.recoveryCodes] } }) as const,
    ),
  )

const problems = ['SECOND_FACTOR_FAILED', 'NOT_ENROLLED', 'LOCKED_OUT', 'STORE_UNAVAILABLE'] as const

const confirmRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/totp/confirm',
    tag,
    summary: 'Confirm the enrolment with a first code; other sessions end',
    body: strictObject({ code: Code }),
    guards: context.guards.session,
    answers: { 204: null },
    problems: [...problems, 'ALREADY_ENROLLED'],
    limit: 'password',
  })(({ body: { code } }, request) => {
    const { accountId, sessionId } = sessionOf(request)
    const confirmed = confirmEnrollment(context)({ accountId, by: { sessionId }, code }, context.callerOf(request))
    return context.answer(confirmed, status(204))
  })

const sendRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/totp/send',
    tag,
    summary: 'Send a code, to elevate the session, to disable, for new recovery codes or to confirm the enrolment',
    description:
      'Where codes are sent: at most one in 30 seconds, and five in 15 minutes until one is used. 404 where they come from an authenticator.',
    guards: context.guards.session,
    answers: { 202: null },
    problems: sendProblems,
    limit: 'password',
  })((_, request) => context.answer(sendCode(context)(sessionOf(request).accountId, context.callerOf(request)), status(202)))

const removeRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/totp/disable',
    tag,
    summary: 'Turn the second factor off; other sessions end',
    body: strictObject({ code: Code }),
    guards: context.guards.session,
    answers: { 204: null },
    problems,
    limit: 'password',
  })(({ body: { code } }, request) => {
    const { accountId, sessionId } = sessionOf(request)
    const removed = removeSecondFactor(context)({ accountId, sessionId, code }, context.callerOf(request))
    return context.answer(removed, status(204))
  })

const renewRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/totp/recovery-codes',
    tag,
    summary: 'New recovery codes, shown once; the old ones are void',
    body: strictObject({ code: Code }),
    guards: context.guards.session,
    answers: { 200: strictObject({ recoveryCodes: t.array(t.string) }) },
    problems,
    limit: 'password',
  })(({ body: { code } }, request) => {
    const { accountId, sessionId } = sessionOf(request)
    return context.answer(
      renewRecoveryCodes(context)({ accountId, sessionId, code }, context.callerOf(request)),
      (codes) => ({ status: 200, body: { recoveryCodes: [...codes] } }) as const,
    )
  })

export function secondFactorRoutes(context: Context): readonly Route[] {
  return [showRoute(context), enrollRoute(context), confirmRoute(context), sendRoute(context), removeRoute(context), renewRoute(context)]
}
