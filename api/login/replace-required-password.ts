import { replaceRequiredPassword } from '../../application/login/replace-required-password.ts'
import { text } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { Password, transport } from '../shapes/credentials.ts'
import { LoginOutcomeAnswer, loginOutcomeAnswer } from '../shapes/session.ts'

export function replaceRequiredPasswordRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/login/password',
    tag: 'Login',
    summary: 'Choose the password that a login requires and complete it',
    description:
      'For the challenge of `password_change_required`: somebody else chose the password. 401 with `INVALID_CREDENTIALS` if the challenge is void: log in again. A password that is rejected leaves it open.',
    body: strictObject({ challenge: text(1, 256), newPassword: Password }, transport),
    responses: { 200: LoginOutcomeAnswer },
    problems: ['INVALID_CREDENTIALS', 'PASSWORD_REJECTED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(({ body: { transport = 'cookie', ...body } }, request) =>
    context.answer(replaceRequiredPassword(context)({ ...body, transport }, context.callerOf(request)), (outcome) => {
      if (outcome.type === 'authenticated') request.returnPlace?.(outcome.session.accountId)
      return { status: 200, ...loginOutcomeAnswer(outcome, transport, context.journal.now()) } as const
    }),
  )
}
