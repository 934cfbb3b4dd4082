import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { sendCode } from '../../application/second-factor/deliver-code.ts'
import { removeSecondFactor } from '../../application/second-factor/disable.ts'
import { confirmEnrollment, enroll } from '../../application/second-factor/enroll.ts'
import { renewRecoveryCodes } from '../../application/second-factor/renew-recovery-codes.ts'
import { secondFactorOf } from '../../application/second-factor/status.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { noBody, time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { status } from '../refusals.ts'
import { Code, EnrollmentAnswer, sendProblems } from '../shapes/second-factor.ts'

const tag = 'Second factor'

export const Standing = strictObject({
  enrolled: t.boolean,
  confirmedAt: t.union([time, t.null]),
  recoveryCodesLeft: t.number,
  mode: t.string,
  required: t.boolean,
})

export function totpStanding(context: Context, accountId: AccountId) {
  return pipe(
    secondFactorOf(context)(accountId),
    TE.map((standing) => ({ ...standing, enrolled: standing.confirmedAt !== null, mode: context.crypto.otp.name })),
  )
}

const showRoute = (context: Context) =>
  defineRoute({
    method: 'GET',
    url: '/totp',
    tag,
    summary: 'Get the status of the second factor',
    guards: context.guards.session,
    responses: { 200: Standing },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
  })((_, request) => context.answer(totpStanding(context, sessionOf(request).accountId), (body) => ({ status: 200, body }) as const))

const enrollRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/totp/enroll',
    tag,
    summary: 'Start enrollment; the secret and the recovery codes are shown once',
    description:
      'Has no effect until this session confirms it, within ten minutes. A second call invalidates the first. `replace`: there is a second factor already, which stays until the new one is confirmed.',
    body: t.union([noBody, strictObject({ replace: t.boolean })]),
    guards: context.guards.elevated,
    responses: { 200: EnrollmentAnswer },
    problems: ['ALREADY_ENROLLED', 'NOT_FOUND', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })(({ body }, request) =>
    context.answer(
      enroll(context)({ ...sessionOf(request), replaces: body?.replace === true }, context.callerOf(request)),
      (enrollment) => ({ status: 200, body: { ...enrollment, recoveryCodes: [...enrollment.recoveryCodes] } }) as const,
    ),
  )

const problems = [
  'SECOND_FACTOR_FAILED',
  'NOT_ENROLLED',
  'RECOVERY_CODE_REQUIRED',
  'LOCKED_OUT',
  'OVERLOADED',
  'STORE_UNAVAILABLE',
] as const

const confirmRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/totp/confirm',
    tag,
    summary: 'Confirm enrollment with a code; ends all other sessions',
    body: strictObject({ code: Code }),
    guards: context.guards.session,
    responses: { 204: null },
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
    summary: 'Send a code for step-up, for a change of the second factor or to confirm enrollment',
    description: 'At most one code in 30 seconds, and five unused codes in 15 minutes. 404 if codes come from an authenticator app.',
    guards: context.guards.session,
    responses: { 202: null },
    problems: sendProblems,
    limit: 'password',
  })((_, request) => context.answer(sendCode(context)(sessionOf(request).accountId, context.callerOf(request)), status(202)))

const removeRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/totp/disable',
    tag,
    summary: 'Disable the second factor; ends all other sessions',
    body: strictObject({ code: Code }),
    guards: context.guards.session,
    responses: { 204: null },
    problems: [...problems, 'SECOND_FACTOR_REQUIRED'],
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
    summary: 'Create new recovery codes, shown once; invalidates the old ones',
    body: strictObject({ code: Code }),
    guards: context.guards.session,
    responses: { 200: strictObject({ recoveryCodes: t.array(t.string) }) },
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
