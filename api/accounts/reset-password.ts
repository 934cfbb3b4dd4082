import { requestPasswordReset, resetPassword } from '../../application/passwords/reset-password.ts'
import { captchaAnswer, refusedByCaptcha } from '../captcha.ts'
import { text } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'
import { Email, Password } from '../shapes/credentials.ts'

export function requestResetRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/password/reset',
    tag: 'Accounts',
    summary: 'Request a password reset link by mail',
    description: 'The response is always 202, whether or not the address has an account.',
    body: strictObject({ email: Email }, captchaAnswer),
    responses: { 202: null },
    problems: ['CAPTCHA_REQUIRED'],
    limit: 'password',
  })(async ({ body: { email, captcha } }, request) => {
    const refused = await refusedByCaptcha(context, captcha, request)
    if (refused !== undefined) return refused
    context.inBackground(requestPasswordReset(context)(email, context.callerOf(request)))
    return { status: 202 as const }
  })
}

export function resetPasswordRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/password/reset/confirm',
    tag: 'Accounts',
    summary: 'Set a new password with the mailed token; ends all sessions',
    body: strictObject({ token: text(1, 2048), newPassword: Password }),
    responses: { 204: null },
    problems: ['INVALID_CREDENTIALS', 'PASSWORD_REJECTED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })(({ body }, request) => context.answer(resetPassword(context)(body, context.callerOf(request)), status(204)))
}
