import { changePassword } from '../../application/passwords/change-password.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'
import { Password } from '../shapes/credentials.ts'

export function changePasswordRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/password',
    tag: 'Accounts',
    summary: 'Change the password; ends all other sessions',
    body: strictObject({ currentPassword: Password, newPassword: Password }),
    guards: context.guards.session,
    responses: { 204: null },
    problems: ['INVALID_CREDENTIALS', 'ELEVATION_REQUIRED', 'PASSWORD_REJECTED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })(({ body }, request) => {
    const { accountId, sessionId } = sessionOf(request)
    const changed = changePassword(context)({ accountId, sessionId, ...body }, context.callerOf(request))
    return context.answer(changed, status(204))
  })
}
