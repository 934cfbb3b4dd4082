import { setUp } from '../../application/accounts/set-up-administrator.ts'
import { text } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { credentials, transport } from '../shapes/credentials.ts'
import { LoginOutcomeAnswer, loginOutcomeAnswer } from '../shapes/session.ts'

export function setUpRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/setup',
    tag: 'Accounts',
    summary: 'Create the first administrator with the setup token; works once',
    body: strictObject({ setupToken: text(1, 256), ...credentials }, transport),
    responses: { 201: LoginOutcomeAnswer },
    problems: ['INVALID_CREDENTIALS', 'NOT_FOUND', 'EMAIL_TAKEN', 'PASSWORD_REJECTED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(({ body: { transport = 'cookie', ...presented } }, request) => {
    const administrator = setUp(context)({ ...presented, transport }, context.callerOf(request))
    return context.answer(
      administrator,
      (outcome) => ({ status: 201, ...loginOutcomeAnswer(outcome, transport, context.journal.now()) }) as const,
    )
  })
}
