import { logIn } from '../../application/login/log-in.ts'
import { captchaAnswer, refusedByCaptcha } from '../captcha.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { credentials, transport } from '../shapes/credentials.ts'
import { LoginOutcomeAnswer, loginOutcomeAnswer } from '../shapes/session.ts'

export function logInRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/login',
    tag: 'Login',
    summary: 'Log in with email and password',
    description: 'An unknown email address gets the same response and the same lockout as a known one.',
    body: strictObject(credentials, { ...transport, ...captchaAnswer }),
    responses: { 200: LoginOutcomeAnswer },
    problems: ['CAPTCHA_REQUIRED', 'INVALID_CREDENTIALS', 'LOCKED_OUT', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(async ({ body: { transport = 'cookie', captcha, ...presented } }, request) => {
    const refused = await refusedByCaptcha(context, captcha, request)
    if (refused !== undefined) return refused
    const loggedIn = logIn(context)({ ...presented, transport }, context.callerOf(request))
    return context.answer(loggedIn, (outcome) => {
      request.returnPlace?.(context.crypto.indexEmail(presented.email))
      return { status: 200, ...loginOutcomeAnswer(outcome, transport, context.journal.now()) } as const
    })
  })
}
