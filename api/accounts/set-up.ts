import { setUp } from '../../application/accounts/set-up-administrator.ts'
import { text } from '../codecs/primitives.ts'
import { exact } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { answering } from '../refusals.ts'
import { credentials, transport } from '../shapes/credentials.ts'
import { BegunAnswer, begun } from '../shapes/session.ts'

export const setUpRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/setup',
    tag: 'Accounts',
    summary: 'Make the first administrator with the setup token, once',
    body: exact({ setupToken: text(1, 256), ...credentials }, transport),
    answers: { 201: BegunAnswer },
    problems: ['INVALID_CREDENTIALS', 'NOT_FOUND', 'EMAIL_TAKEN', 'PASSWORD_REJECTED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(({ body: { setupToken, transport = 'cookie', ...chosen } }, request) => {
    const administrator = setUp(context)(setupToken, { ...chosen, transport }, context.callerOf(request))
    return answering(context.now)(administrator, (outcome) => ({ status: 201, ...begun(outcome, transport, context.now()) }) as const)
  })
