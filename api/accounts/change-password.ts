import { changePassword } from '../../application/change-password.ts'
import type { Context } from '../context.ts'
import { exact } from '../edge/exact.ts'
import { defineRoute } from '../edge/route.ts'
import { sessionOf } from '../guards/live-session.ts'
import { answering } from '../refusals.ts'
import { Password } from './credentials.ts'

export const changePasswordRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/password',
    tag: 'Accounts',
    summary: 'Change the password; every other session ends',
    body: exact({ currentPassword: Password, newPassword: Password }),
    guards: context.guards.session,
    answers: { 204: null },
    problems: ['INVALID_CREDENTIALS', 'PASSWORD_REJECTED', 'LOCKED_OUT', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })(({ body }, request) => {
    const { accountId, sessionId } = sessionOf(request)
    const changed = changePassword(context)({ accountId, sessionId, ...body }, context.callerOf(request))
    return answering(context.now)(changed, () => ({ status: 204 }) as const)
  })
