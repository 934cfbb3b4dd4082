import { revokeAllSessions, revokeSession } from '../../application/sessions/revoke-session.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { clearSessionCookie } from '../http/session-cookie.ts'

const ended = () => ({ status: 204, cookie: clearSessionCookie }) as const

export function logOutRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/logout',
    tag: 'Login',
    summary: 'Log out: end this session',
    guards: context.guards.session,
    responses: { 204: null },
    problems: ['STORE_UNAVAILABLE'],
  })((_, request) =>
    context.answer(revokeSession(context)({ ...sessionOf(request), because: 'logged_out' }, context.callerOf(request)), ended),
  )
}

export function logOutEverywhereRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/logout/everywhere',
    tag: 'Login',
    summary: 'End all sessions of the account, including this one',
    guards: context.guards.session,
    responses: { 204: null },
    problems: ['STORE_UNAVAILABLE'],
  })((_, request) => {
    const { accountId } = sessionOf(request)
    return context.answer(
      revokeAllSessions(context)({ accountId, because: 'logged_out_everywhere', actor: accountId }, context.callerOf(request)),
      ended,
    )
  })
}
