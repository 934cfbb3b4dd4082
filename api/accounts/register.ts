import { isLeft, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { register } from '../../application/accounts/register-account.ts'
import { confirmRegistration, requestRegistration } from '../../application/accounts/register-verified.ts'
import { captchaAnswer, refusedByCaptcha } from '../captcha.ts'
import { text } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { Email, Password, transport } from '../shapes/credentials.ts'
import { LoginOutcomeAnswer, loginOutcomeAnswer } from '../shapes/session.ts'
import { profileField, readProfile } from './profile.ts'

const checkEmail = { status: 202, body: { status: 'check_email' } } as const

const passwordMissing = { problem: 'VALIDATION_FAILED', errors: [{ path: 'password', expected: Password.name }] } as const

export async function profileIn({ registrationFields: fields }: Context, profile: unknown) {
  return fields === undefined ? right(null) : readProfile(fields, profile)
}

export function registerAccountRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/register',
    tag: 'Accounts',
    summary: 'Register with email and password, and log in',
    description:
      'With REGISTRATION=verified the response is always 202, and a link is mailed to the address, one in five minutes. The password is chosen with the link (`POST /register/confirm`); one that is sent here is ignored, and so is `profile`. Otherwise `password` is required.',
    body: strictObject(
      { email: Email },
      { password: Password, ...profileField(context.registrationFields), ...transport, ...captchaAnswer },
    ),
    responses: { 201: LoginOutcomeAnswer, 202: strictObject({ status: t.literal('check_email') }) },
    problems: ['NOT_FOUND', 'CAPTCHA_REQUIRED', 'EMAIL_TAKEN', 'PASSWORD_REJECTED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(async ({ body: { email, password, profile, transport = 'cookie', captcha } }, request) => {
    if (context.registration === 'closed') return { problem: 'NOT_FOUND' }
    const refused = await refusedByCaptcha(context, captcha, request)
    if (refused !== undefined) return refused
    if (context.registration === 'verified') {
      context.inBackground(requestRegistration(context)(email, context.callerOf(request)))
      return checkEmail
    }
    if (password === undefined) return passwordMissing
    const read = await profileIn(context, profile)
    if (isLeft(read)) return { problem: 'VALIDATION_FAILED', errors: read.left }
    const registration = register(context)({ email, password, profile: read.right, transport }, context.callerOf(request))
    return context.answer(
      registration,
      (outcome) => ({ status: 201, ...loginOutcomeAnswer(outcome, transport, context.journal.now()) }) as const,
    )
  })
}

export function confirmRegistrationRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/register/confirm',
    tag: 'Accounts',
    summary: 'Complete registration with the mailed token and a password, and log in',
    body: strictObject({ token: text(1, 2048), password: Password }, { ...profileField(context.registrationFields), ...transport }),
    responses: { 201: LoginOutcomeAnswer },
    problems: ['INVALID_CREDENTIALS', 'NOT_FOUND', 'EMAIL_TAKEN', 'PASSWORD_REJECTED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(async ({ body: { profile, transport = 'cookie', ...presented } }, request) => {
    if (context.registration !== 'verified') return { problem: 'NOT_FOUND' }
    const read = await profileIn(context, profile)
    if (isLeft(read)) return { problem: 'VALIDATION_FAILED', errors: read.left }
    const confirmed = confirmRegistration(context)({ ...presented, profile: read.right, transport }, context.callerOf(request))
    return context.answer(
      confirmed,
      (outcome) => ({ status: 201, ...loginOutcomeAnswer(outcome, transport, context.journal.now()) }) as const,
    )
  })
}
