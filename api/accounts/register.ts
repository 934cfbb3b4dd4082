import { register } from '../../application/register-account.ts'
import type { Context } from '../context.ts'
import { exact } from '../edge/exact.ts'
import { defineRoute } from '../edge/route.ts'
import { answering } from '../refusals.ts'
import { Authenticated, authenticated } from '../sessions/session-answer.ts'
import { credentials, transport } from './credentials.ts'

export const registerRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/register',
    tag: 'Accounts',
    summary: 'Register with e-mail and password, and log in',
    body: exact(credentials, transport),
    answers: { 201: Authenticated },
    problems: ['NOT_FOUND', 'EMAIL_TAKEN', 'PASSWORD_REJECTED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(async ({ body: { transport = 'cookie', ...chosen } }, request) => {
    if (context.registration === 'closed') return { problem: 'NOT_FOUND' }
    const registration = register(context)({ ...chosen, transport }, context.callerOf(request))
    return answering(context.now)(registration, (inHand) => ({ status: 201, ...authenticated(inHand, transport, context.now()) }) as const)
  })
