import { setUp } from '../../application/set-up.ts'
import type { Context } from '../context.ts'
import { text } from '../edge/codecs.ts'
import { exact } from '../edge/exact.ts'
import { defineRoute } from '../edge/route.ts'
import { answering } from '../refusals.ts'
import { BegunAnswer, begun } from '../sessions/session-answer.ts'
import { credentials, transport } from './credentials.ts'

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
