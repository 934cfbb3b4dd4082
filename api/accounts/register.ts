import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { register } from '../../application/accounts/register-account.ts'
import { confirmRegistration, requestRegistration } from '../../application/accounts/register-verified.ts'
import { text } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { refuse } from '../refusals.ts'
import { credentials, transport } from '../shapes/credentials.ts'
import { LoginOutcomeAnswer, loginOutcomeAnswer } from '../shapes/session.ts'

const checkEmail = { status: 202, body: { status: 'check_email' } } as const

export function registerAccountRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/register',
    tag: 'Accounts',
    summary: 'Register with email and password, and log in',
    description: 'With REGISTRATION=verified the response is always 202, and a link is mailed to the address.',
    body: strictObject(credentials, transport),
    responses: { 201: LoginOutcomeAnswer, 202: strictObject({ status: t.literal('check_email') }) },
    problems: ['NOT_FOUND', 'EMAIL_TAKEN', 'PASSWORD_REJECTED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(async ({ body: { transport = 'cookie', ...chosen } }, request) => {
    if (context.registration === 'closed') return { problem: 'NOT_FOUND' }
    if (context.registration === 'verified') {
      const mail = await requestRegistration(context)(chosen)()
      if (isLeft(mail)) return refuse(mail.left, context.journal.now)
      context.inBackground(context.mail.send(mail.right))
      return checkEmail
    }
    const registration = register(context)({ ...chosen, transport }, context.callerOf(request))
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
    summary: 'Complete registration with the mailed token, and log in',
    body: strictObject({ token: text(1, 2048) }, transport),
    responses: { 201: LoginOutcomeAnswer },
    problems: ['INVALID_CREDENTIALS', 'NOT_FOUND', 'EMAIL_TAKEN', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(async ({ body: { token, transport = 'cookie' } }, request) => {
    if (context.registration !== 'verified') return { problem: 'NOT_FOUND' }
    const confirmed = confirmRegistration(context)({ token, transport }, context.callerOf(request))
    return context.answer(
      confirmed,
      (outcome) => ({ status: 201, ...loginOutcomeAnswer(outcome, transport, context.journal.now()) }) as const,
    )
  })
}
